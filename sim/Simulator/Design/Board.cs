namespace BcnnSim.Design;

/// <summary>Alveo U280 (XCU280-FSVH2892-2L-e): accelerator.md section 5.</summary>
public static class Board
{
    public const string Name = "Alveo U280";

    /// <summary>Where the usable figures come from.</summary>
    public const string Source = "XCU280-FSVH2892-2L-e; usable per SLR as Xilinx/finn src/finn/util/platforms.py holds it (beside the platform shell)";

    /// <summary>All primitives of the device.</summary>
    public static ResourceCount Device { get; } = new(1_303_680, 2_607_360, 2_016, 960, 9_024);

    /// <summary>What a floorplanner leaves to a kernel in SLR 0, 1, 2; two flip-flops per LUT. HBM lies at SLR 0.</summary>
    public static IReadOnlyList<ResourceCount> Usable { get; } =
    [
        new(400_800, 2 * 400_800, 600, 320, 2_736),
        new(382_080, 2 * 382_080, 576, 320, 2_880),
        new(380_640, 2 * 380_640, 576, 320, 2_880),
    ];

    /// <summary>Share of the usable primitives that still routes, in per cent: about 62 of LUT and FF, 75 of BRAM, 50 (to 75) of URAM and DSP.</summary>
    public static ResourceCount PracticalFillPercent { get; } = new(62, 62, 75, 50, 50);

    /// <summary>Usable primitives of all SLRs at practical fill.</summary>
    public static ResourceCount Practical { get; } = AtFill(Usable.Aggregate((a, b) => a + b));

    /// <summary>Usable primitives of SLR 0 at practical fill: a design within them needs no crossing between SLRs.</summary>
    public static ResourceCount PracticalFirstRegion { get; } = AtFill(Usable[0]);

    private static ResourceCount AtFill(in ResourceCount usable)
    {
        ResourceCount f = PracticalFillPercent;
        return new ResourceCount(
            usable.Lut * f.Lut / 100, usable.Ff * f.Ff / 100, usable.Bram36 * f.Bram36 / 100, usable.Uram * f.Uram / 100, usable.Dsp * f.Dsp / 100);
    }
}
