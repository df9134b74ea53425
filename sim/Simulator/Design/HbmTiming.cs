namespace BcnnSim.Design;

/// <summary>DRAM timing of one pseudo-channel in clocks of the DRAM (1.111 ns at 900 MHz). Sources per row.</summary>
public sealed record HbmTiming
{
    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "activate to activate, same bank")]
    public required int TRc { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "activate to precharge, same bank")]
    public required int TRas { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "precharge to activate, same bank")]
    public required int TRp { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "activate to read, same bank")]
    public required int TRcdRd { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "activate to write, same bank")]
    public required int TRcdWr { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "activate to activate, other bank group")]
    public required int TRrdS { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "activate to activate, same bank group")]
    public required int TRrdL { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "window of four activates")]
    public required int TFaw { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "last write data to precharge")]
    public required int TWr { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "read to precharge")]
    public required int TRtp { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "last write data to read, other bank group")]
    public required int TWtrS { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "last write data to read, same bank group")]
    public required int TWtrL { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 1048576, "average refresh interval")]
    public required int TRefi { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 65536, "all-bank refresh")]
    public required int TRfc { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 65536, "refresh of one bank")]
    public required int TRfcSb { get; init; }

    /// <summary>U280 HBM IP parameters as four public designs carry them (hbm.md section 3).</summary>
    [Parameter("clocks", 1, 4096, "refresh of one bank to refresh or activate of another")]
    public required int TRrefd { get; init; }

    /// <summary>Inferred from the measured 13.27 GB/s (V6).</summary>
    [Parameter("clocks", 1, 64, "column to column, other bank group")]
    public required int TCcdS { get; init; }

    /// <summary>Inferred from the measured 6.7 GB/s (V9).</summary>
    [Parameter("clocks", 1, 64, "column to column, same bank group")]
    public required int TCcdL { get; init; }

    /// <summary>BL4 at double data rate.</summary>
    [Parameter("clocks", 1, 16, "clocks of one BL4 burst of 32 B")]
    public required int BurstClocks { get; init; }

    /// <summary>Memory: only CL plus the fixed path can be observed.</summary>
    [Parameter("clocks", 1, 64, "read latency")]
    public required int Cl { get; init; }

    /// <summary>Memory.</summary>
    [Parameter("clocks", 1, 64, "write latency")]
    public required int Cwl { get; init; }
}
