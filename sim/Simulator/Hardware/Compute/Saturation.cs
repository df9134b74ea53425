namespace BcnnSim.Hardware.Compute;

/// <summary>The saturating stage behind a shift or an adder: sign extension bits that differ select the nearest 16-bit number.</summary>
internal static class Saturation
{
    public static short ToInt16(long value) => value > short.MaxValue ? short.MaxValue : value < short.MinValue ? short.MinValue : (short)value;
}
