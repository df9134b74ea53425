using System.Globalization;

namespace BcnnSim.Networks;

/// <summary>
/// Tensors of the host transform "learned-imaginary" in the weights file, F32, C = channels of the input:
/// input.imaginary.scale1, shift1, scale2, shift2, bias [C] and weight1, weight2 [C, C].
/// </summary>
internal static class LearnedImaginaryTensorFile
{
    /// <summary>The host keeps one pixel on its stack.</summary>
    public const int MostChannels = 256;

    private static readonly string[] Parts = ["scale1", "shift1", "weight1", "scale2", "shift2", "weight2", "bias"];

    /// <summary>The input with its learned imaginary part where its transform asks for one.</summary>
    public static NetworkInput Read(TensorSource source, NetworkInput input)
    {
        if (input.Transform != LearnedImaginary.TransformName)
        {
            return input;
        }

        if (input.Channels > MostChannels)
        {
            string value = input.Channels.ToString(CultureInfo.InvariantCulture);
            source.Refuse(Network.InputName, Name(Parts[0]), value, $"a learned imaginary part has at most {MostChannels} channels", "Reduce the channels of the input");
            return input;
        }

        float[]?[] values = [.. Parts.Select(part => Read(source, part, input.Channels))];
        return values.Contains(null)
            ? input
            : input with { Imaginary = new(input.Channels, values[0]!, values[1]!, values[2]!, values[3]!, values[4]!, values[5]!, values[6]!) };
    }

    public static IEnumerable<WeightTensor> Tensors(LearnedImaginary transform) =>
        Parts.Zip(Arrays(transform), (part, values) => WeightTensor.Of(Name(part), Shape(part, transform.Channels), values));

    /// <summary>Whether a record built in code agrees with itself: transform and tensors belong together, arrays have their lengths, values are finite.</summary>
    public static bool IsConsistent(NetworkInput input)
    {
        if (input.Imaginary is not { } transform)
        {
            return input.Transform != LearnedImaginary.TransformName;
        }

        return input.Transform == LearnedImaginary.TransformName && transform.Channels == input.Channels
            && Parts.Zip(Arrays(transform)).All(pair => pair.Second.Length == Shape(pair.First, input.Channels).Aggregate((a, b) => a * b) && pair.Second.All(float.IsFinite));
    }

    private static float[][] Arrays(LearnedImaginary t) => [t.Scale1, t.Shift1, t.Weight1, t.Scale2, t.Shift2, t.Weight2, t.Bias];

    private static string Name(string part) => $"{Network.InputName}.imaginary.{part}";

    private static long[] Shape(string part, int channels) => part.StartsWith("weight", StringComparison.Ordinal) ? [channels, channels] : [channels];

    private static float[]? Read(TensorSource source, string part, int channels)
    {
        float[]? values = source.Take(Network.InputName, Name(part), TensorType.F32, Shape(part, channels))?.ToSingle();
        int wrong = values is null ? -1 : Array.FindIndex(values, static v => !float.IsFinite(v));
        if (wrong < 0)
        {
            return values;
        }

        source.Refuse(Network.InputName, Name(part), string.Create(CultureInfo.InvariantCulture, $"element {wrong} = {values![wrong]}"), "must be a finite number", "Train again or export the network again");
        return null;
    }
}
