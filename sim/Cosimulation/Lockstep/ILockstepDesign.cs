using BcnnSim.Cosimulation.Waves;
using BcnnSim.Kernel;

namespace BcnnSim.Cosimulation.Lockstep;

/// <summary>
/// One RTL bench and its C# twin under the same stimulus. Called by <see cref="LockstepProbe"/> once per cycle in the order
/// <see cref="Drive"/>, <see cref="Observe"/>, <see cref="Act"/>, all on the channel state committed before the edge.
/// </summary>
public interface ILockstepDesign
{
    /// <summary>Name in reports and waveform files.</summary>
    string Name { get; }

    /// <summary>Seed of its stimulus.</summary>
    long Seed { get; }

    /// <summary>RTL bench module and its parameters.</summary>
    string BenchModule { get; }

    IReadOnlyList<(string Name, int Value)> Parameters { get; }

    /// <summary>32-bit words of the bench's input port.</summary>
    int InputWords { get; }

    /// <summary>32-bit words of the bench's output port.</summary>
    int OutputWords { get; }

    /// <summary>Channels compared, each with the output words that hold its count, valid and ready.</summary>
    IReadOnlyList<string> Channels { get; }

    /// <summary>What the output words contain, for waveforms. Channel c's handshake is word c.</summary>
    IReadOnlyList<WaveSignal> Signals { get; }

    /// <summary>Beats taken from the last channel so far: shows that the stimulus moved something.</summary>
    long Transfers { get; }

    /// <summary>Builds the model side; its stimulus is produced and consumed by <paramref name="probe"/>.</summary>
    void Build(ClockDomain clock, Component probe);

    /// <summary>Decides this cycle's stimulus and writes it to the RTL's inputs. Does not touch the model's channels.</summary>
    void Drive(Span<uint> inputs);

    /// <summary>
    /// Writes what the model shows before the edge in the layout of the RTL's outputs. Returns how many words mean something:
    /// the head of an empty channel does not.
    /// </summary>
    int Observe(Span<uint> expected);

    /// <summary>Pushes and pops the model's channels as <see cref="Drive"/> decided.</summary>
    void Act();
}
