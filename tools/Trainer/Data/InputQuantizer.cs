using System.Globalization;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// The P-bit grid of the machine's input: clip x to [-1, 1], u = floor((x + 1)/2 * (2^P - 1) + 0.5), v = 2u - (2^P - 1),
/// grid value v / (2^P - 1).
/// </summary>
public sealed class InputQuantizer
{
    private readonly float[] values;

    /// <summary>A quantiser of <paramref name="bits"/> = 1..8 bits; another number is refused.</summary>
    public InputQuantizer(int bits)
    {
        if (bits is < 1 or > 8)
        {
            throw new InputException(
                "input quantiser", "inputBits", bits.ToString(CultureInfo.InvariantCulture), "must lie in 1..8", "choose 1 to 8 bits");
        }

        Bits = bits;
        Steps = (1 << bits) - 1;
        values = new float[Steps + 1];
        for (int u = 0; u <= Steps; u++)
        {
            values[u] = ((2 * u) - Steps) / (float)Steps;
        }
    }

    /// <summary>P.</summary>
    public int Bits { get; }

    /// <summary>2^P - 1: the largest u.</summary>
    public int Steps { get; }

    /// <summary>u of x. NaN, which has no place on the grid, is a fault of the caller.</summary>
    public byte Quantize(double x)
    {
        if (double.IsNaN(x))
        {
            throw new ArgumentException("NaN reached the input quantiser", nameof(x));
        }

        return (byte)Math.Floor(((Math.Clamp(x, -1, 1) + 1) / 2 * Steps) + 0.5);
    }

    /// <summary>Grid value of u in [-1, 1].</summary>
    public float Value(byte u) => values[u];

    /// <summary>The integer v = 2u - (2^P - 1) that the machine computes with.</summary>
    public int Integer(byte u) => (2 * u) - Steps;
}
