using BcnnSim.Cosimulation.Rtl;
using BcnnSim.Cosimulation.Waves;

namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>A design joined with its ports in the RTL library: one step of both sides, and what they showed lately.</summary>
public sealed unsafe class LockstepPair
{
    private readonly ILockstepDesign design;
    private readonly uint* inputs;
    private readonly uint* outputs;
    private readonly uint[] expected;

    public LockstepPair(ILockstepDesign design, RtlBench bench, int index)
    {
        this.design = design;
        inputs = bench.Inputs(index);
        outputs = bench.Outputs(index);
        expected = new uint[design.OutputWords];
        RtlWave = new WaveRing(design.OutputWords);
        ModelWave = new WaveRing(design.OutputWords);
    }

    public ILockstepDesign Design => design;

    public WaveRing RtlWave { get; }

    public WaveRing ModelWave { get; }

    private ReadOnlySpan<uint> Outputs => new(outputs, design.OutputWords);

    /// <summary>Before <see cref="RtlBench.Settle"/>: this cycle's stimulus.</summary>
    public void Drive() => design.Drive(new Span<uint>(inputs, design.InputWords));

    /// <summary>After it: whether both sides show the same.</summary>
    public bool Compare()
    {
        int words = design.Observe(expected);
        RtlWave.Add(Outputs);
        ModelWave.Add(expected);
        return Outputs[..words].SequenceEqual(expected.AsSpan(0, words));
    }

    /// <summary>Every signal that differs now, among those that mean something.</summary>
    public IEnumerable<Difference> Differences(long cycle)
    {
        int bits = 32 * design.Observe(expected);
        List<Difference> found = [];
        foreach (WaveSignal signal in design.Signals)
        {
            string rtl = signal.Bits(Outputs);
            string model = signal.Bits(expected);
            if (signal.Offset < bits && rtl != model)
            {
                found.Add(new Difference(design.Name, cycle, signal.Name, rtl, model));
            }
        }

        return found;
    }
}
