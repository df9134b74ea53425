using BcnnSim.Cosimulation.Rtl;
using BcnnSim.Kernel;

namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>
/// Stands in the simulation as producer and consumer of every design's channels and clocks the RTL with the same edge: each cycle it
/// compares what both sides show before the edge, then lets both take it. Asleep components stay asleep, so skipping is under test too.
/// </summary>
public sealed class LockstepProbe : Component
{
    private readonly RtlBench bench;
    private readonly LockstepPair[] pairs;
    private readonly long cycles;

    public LockstepProbe(ClockDomain clock, RtlBench bench, IReadOnlyList<ILockstepDesign> designs, long cycles)
        : base("lockstep", clock)
    {
        this.bench = bench;
        this.cycles = cycles;
        pairs = new LockstepPair[designs.Count];
        for (int d = 0; d < pairs.Length; d++)
        {
            designs[d].Build(clock, this);
            pairs[d] = new LockstepPair(designs[d], bench, d);
        }
    }

    public IReadOnlyList<LockstepPair> Pairs => pairs;

    /// <summary>Signal name of a failed RTL assertion among the differences.</summary>
    public const string AssertionSignal = "assertion";

    /// <summary>Cycles compared so far, the one with the first difference included.</summary>
    public long Compared { get; private set; }

    /// <summary>The signals of the first cycle that differed; empty while there is none.</summary>
    public List<Difference> Differences { get; } = [];

    public override bool HoldsWork => false;

    public override bool Tick(long cycle)
    {
        foreach (LockstepPair pair in pairs)
        {
            pair.Drive();
        }

        bench.Settle();
        bool equal = true;
        foreach (LockstepPair pair in pairs)
        {
            equal &= pair.Compare();
        }

        Compared = cycle + 1;
        if (!equal)
        {
            Explain(cycle);
            return false;
        }

        foreach (LockstepPair pair in pairs)
        {
            pair.Design.Act();
        }

        bench.Clock();
        if (bench.Failure() is string place)
        {
            Differences.Add(new Difference("library", cycle, AssertionSignal, place, "holds"));
            return false;
        }

        return cycle + 1 < cycles;
    }

    private void Explain(long cycle)
    {
        foreach (LockstepPair pair in pairs)
        {
            Differences.AddRange(pair.Differences(cycle));
        }
    }
}
