using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Rtl;
using Xunit;

namespace BcnnSim.Cosim.Tests;

/// <summary>One change of a block's RTL that its lockstep must notice.</summary>
internal static class PlantedFault
{
    private const long Cycles = 10_000;

    public static void Caught(string block, IEnumerable<ILockstepDesign> designs, long seed, string file, string before, string after, string signal)
    {
        using CosimFolder folder = new();
        CosimulationOptions options = new() { Seed = seed, WaveFolder = folder.Path };

        CosimulationReport report = new CosimulationRun(options, RtlSources.Embedded().WithChange(file, before, after)).Execute(block, [.. designs], Cycles);

        Assert.True(report.Mismatches > 0, $"seed {seed}: the fault went unnoticed");
        Assert.Contains(report.Differences, d => d.Signal.Contains(signal, StringComparison.Ordinal));
        Assert.All(report.Blocks, row => Assert.True(row.Cycles < Cycles, "stops at the first difference"));
        Assert.NotEmpty(report.Waveforms);
    }
}
