using BcnnSim.Kernel;

namespace BcnnSim.Tests.Kernel.Parts;

/// <summary>A component whose tick is given by the test; it remembers at which cycles it ran.</summary>
internal sealed class ScriptComponent(string name, ClockDomain clock) : Component(name, clock)
{
    /// <summary>The tick; sleeps by default.</summary>
    public Func<long, bool> Script { get; set; } = static _ => false;

    public bool Work { get; set; }

    public List<long> Ticks { get; } = [];

    /// <summary>Set before the first edge.</summary>
    public bool SpaceOnly { get; set; }

    public override bool WaitsOnlyForSpace => SpaceOnly;

    public override bool HoldsWork => Work;

    public override bool Tick(long cycle)
    {
        Ticks.Add(cycle);
        return Script(cycle);
    }

    public void Wake(long cycle) => WakeAt(cycle);

    public void WakeInBackground(long cycle) => WakeInBackgroundAt(cycle);
}
