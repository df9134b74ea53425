using BcnnSim.Cosimulation.Rtl;
using BcnnSim.Kernel;

namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>
/// Stands in the simulation as producer and consumer of every design's channels and clocks the RTL with the same edge: each cycle it
/// compares what both sides show before the edge, then lets both take it. Asleep components stay asleep, so skipping is under test too.
/// </summary>
public sealed class LockstepProbe : Component
{
    /// <summary>Signal name of a failed RTL assertion among the differences.</summary>
    public const string AssertionSignal = "assertion";

    // Verilator does not say in which design an assertion failed; the design shows itself when its channels differ.
    private const int CyclesAfterAssertion = 16;

    private readonly RtlBench bench;
    private readonly LockstepPair[] pairs;
    private long last;

    public LockstepProbe(ClockDomain clock, RtlBench bench, IReadOnlyList<ILockstepDesign> designs, long cycles)
        : base("lockstep", clock)
    {
        this.bench = bench;
        last = cycles - 1;
        pairs = new LockstepPair[designs.Count];
        for (int d = 0; d < pairs.Length; d++)
        {
            designs[d].Build(clock, this);
            pairs[d] = new LockstepPair(designs[d], bench, d);
        }
    }

    public IReadOnlyList<LockstepPair> Pairs => pairs;

    /// <summary>Cycles compared so far, the one with the first difference included.</summary>
    public long Compared { get; private set; }

    /// <summary>The last cycle to compare was compared, or one that differed.</summary>
    public bool Finished { get; private set; }

    /// <summary>A failed assertion if there was one, and the signals of the first cycle that differed.</summary>
    public List<Difference> Differences { get; } = [];

    public override bool HoldsWork => false;

    public override bool Tick(long cycle)
    {
        if (Finished)
        {
            return false;
        }

        if (!Compare())
        {
            Explain(cycle);
            Compared = cycle + 1;
            Finished = true;
            return false;
        }

        foreach (LockstepPair pair in pairs)
        {
            pair.Design.Act();
        }

        bench.Clock();
        if (Differences.Count == 0 && bench.Failure() is string place)
        {
            Differences.Add(new Difference("library", cycle, AssertionSignal, place, "holds"));
            last = Math.Min(last, cycle + CyclesAfterAssertion);
        }

        Compared = cycle + 1;
        Finished = cycle >= last;
        return !Finished;
    }

    private bool Compare()
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

        return equal;
    }

    private void Explain(long cycle)
    {
        foreach (LockstepPair pair in pairs)
        {
            Differences.AddRange(pair.Differences(cycle));
        }
    }
}
