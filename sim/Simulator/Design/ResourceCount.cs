namespace BcnnSim.Design;

/// <summary>Primitives of the fabric: 6-input LUTs, flip-flops, BRAM36, URAM288, DSP48E2.</summary>
public readonly record struct ResourceCount(long Lut, long Ff, long Bram36 = 0, long Uram = 0, long Dsp = 0)
{
    public static ResourceCount operator +(in ResourceCount a, in ResourceCount b) =>
        new(a.Lut + b.Lut, a.Ff + b.Ff, a.Bram36 + b.Bram36, a.Uram + b.Uram, a.Dsp + b.Dsp);

    public static ResourceCount operator *(long times, in ResourceCount a) =>
        new(times * a.Lut, times * a.Ff, times * a.Bram36, times * a.Uram, times * a.Dsp);
}
