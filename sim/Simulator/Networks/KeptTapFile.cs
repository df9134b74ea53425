using System.Globalization;

namespace BcnnSim.Networks;

/// <summary>Kept taps of one node in the weights file: the optional NODE.taps, I32 [T'], rising indices into Kh*Kw*Cin.</summary>
internal static class KeptTapFile
{
    /// <summary>False when a list is there and was refused; <paramref name="taps"/> is null where there is none.</summary>
    public static bool TryRead(TensorSource source, string node, int denseTaps, out int[]? taps)
    {
        taps = null;
        string name = Name(node);
        if (!source.Has(name))
        {
            return true;
        }

        int[]? values = source.TakeList(node, name, TensorType.I32)?.ToInt32();
        if (values is null)
        {
            return false;
        }

        if (values.Length == 0)
        {
            source.Refuse(node, name, "0 taps", "at least one tap is kept", "Keep one tap, or remove the layer");
            return false;
        }

        for (int i = 0; i < values.Length; i++)
        {
            int least = i == 0 ? 0 : values[i - 1] + 1;
            if (values[i] < least || values[i] >= denseTaps)
            {
                string value = string.Create(CultureInfo.InvariantCulture, $"element {i} = {values[i]}");
                string rule = string.Create(CultureInfo.InvariantCulture, $"kept taps rise without duplicates within 0..{denseTaps - 1}: must be at least {least}");
                source.Refuse(node, name, value, rule, "Sort the list and drop duplicates");
                return false;
            }
        }

        taps = values;
        return true;
    }

    public static IEnumerable<WeightTensor> Tensors(string node, int[]? taps)
        => taps is null ? [] : [WeightTensor.Of(Name(node), [taps.Length], taps)];

    private static string Name(string node) => $"{node}.taps";
}
