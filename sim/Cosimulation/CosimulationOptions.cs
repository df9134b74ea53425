using System.Globalization;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Rtl;

namespace BcnnSim.Cosimulation;

/// <summary>What to compare and for how long.</summary>
public sealed record CosimulationOptions
{
    public const string AllBlocks = "all";
    public const int MaximumDesigns = 100;
    public const long MaximumCycles = 1_000_000_000;

    /// <summary>Name of a block, or <see cref="AllBlocks"/>.</summary>
    public string Block { get; init; } = AllBlocks;

    /// <summary>Seed of geometries and stimulus.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Random designs per block.</summary>
    public int Designs { get; init; } = 20;

    /// <summary>Cycles per design; null for the block's own default.</summary>
    public long? Cycles { get; init; }

    /// <summary>Where waveforms go if a difference is found.</summary>
    public string WaveFolder { get; init; } = ".";

    /// <summary>Where built libraries are kept.</summary>
    public string CacheFolder { get; init; } = RtlLibraryCache.DefaultFolder();

    /// <summary>The blocks to run.</summary>
    /// <exception cref="InputException">Every option that breaks its rule.</exception>
    public IReadOnlyList<CosimulationBlock> Check()
    {
        List<Violation> found = [];
        CosimulationBlock[] blocks = [.. CosimulationBlock.All.Where(b => Block == AllBlocks || b.Name == Block)];
        if (blocks.Length == 0)
        {
            string names = string.Join(", ", CosimulationBlock.All.Select(b => b.Name));
            found.Add(new Violation("--block", "name", Block, "no block of this name exists in RTL", $"Choose one of {names}, {AllBlocks}"));
        }

        Range("--designs", Designs, MaximumDesigns, found);
        Range("--cycles", Cycles ?? 1, MaximumCycles, found);
        return found.Count == 0 ? blocks : throw new InputException(found);
    }

    private static void Range(string flag, long value, long maximum, List<Violation> found)
    {
        if (value < 1 || value > maximum)
        {
            found.Add(new Violation(flag, "value", value.ToString(CultureInfo.InvariantCulture), $"1..{maximum}", "Choose a value in that range"));
        }
    }
}
