namespace BcnnSim.Kernel;

/// <summary>
/// A clocked block of the machine: "something with its own handshake".
/// The kernel contract (tested once over every component, see tests/Contracts):
/// 1. At an edge every awake component of every domain that has that edge runs <see cref="Tick"/> once; then touched
///    channels commit; then time advances. Cycle 0 is the first edge after reset.
/// 2. A channel has one producer and one consumer; per edge at most one push and one pop; the consumer sees only the
///    head. A beat pushed in n can be popped in n+1; space freed in n is usable in n+1.
/// 3. There is no combinational path between components.
/// 4. <see cref="Tick"/> says whether it must be called at its next edge. Otherwise the component sleeps until a channel of its
///    own commits a push (into one that was empty, if it <see cref="WaitsOnlyForHead"/>) or a pop (of one that was full, if it
///    <see cref="WaitsOnlyForSpace"/>), or its one timer comes (<see cref="WakeAt"/> keeps the earlier). A wake-up raised in an edge takes effect at the sleeper's next edge. A tick that was
///    not needed changes nothing.
/// 5. The order of components never matters; skipping never matters.
/// 6. A run ends when nothing is awake and no progress timer is pending; work still held then is a deadlock.
/// </summary>
public abstract class Component
{
    private readonly List<Channel> consumed = [];
    private readonly List<Channel> produced = [];

    protected Component(string name, ClockDomain clock)
    {
        Name = name;
        Clock = clock;
        clock.Simulation.Register(this);
    }

    /// <summary>Dotted name, the join key of statistics, traces, RTL and reports.</summary>
    public string Name { get; }

    public ClockDomain Clock { get; }

    /// <summary>Channels this component takes from, in declared order.</summary>
    public IReadOnlyList<Channel> Consumed => consumed;

    /// <summary>Channels this component pushes into, in declared order.</summary>
    public IReadOnlyList<Channel> Produced => produced;

    /// <summary>True while unfinished work is inside. Pure.</summary>
    public abstract bool HoldsWork { get; }

    /// <summary>Number in order of creation within its simulation.</summary>
    public int Id { get; internal set; }

    /// <summary>Position in its domain, set when the simulation is built.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>
    /// True if, as a producer, it sleeps only over channels that are full: a pop that frees a place nobody missed then does not wake it.
    /// Its <see cref="Classify"/> must not look at channels it produces.
    /// </summary>
    public virtual bool WaitsOnlyForSpace => false;

    /// <summary>
    /// True if, as a consumer, it sleeps over a channel with a beat only where it cannot take that one: a beat pushed behind it then does
    /// not wake it. Its <see cref="Classify"/> must not ask more of channels it consumes than whether they are empty.
    /// </summary>
    public virtual bool WaitsOnlyForHead => false;

    /// <summary>One clock edge. Reads committed channel state only; returns true if it must run at its next edge.</summary>
    public abstract bool Tick(long cycle);

    /// <summary>
    /// Why the coming cycle passes, as a pure function of committed channel state and own state. Called before a tick and when
    /// the component falls asleep; must not change anything.
    /// </summary>
    public virtual Activity Classify(long cycle) => HoldsWork ? Activity.Busy : Activity.Done;

    /// <summary>Reason of a cycle that waits for a beat of one input: starved by it, or busy with taking what has come.</summary>
    protected Activity Awaiting(int consumedIndex) =>
        consumed[consumedIndex].Count > 0 ? Activity.Busy : Activity.Starved(consumedIndex);

    internal void AddConsumed(Channel channel) => consumed.Add(channel);

    internal void AddProduced(Channel channel) => produced.Add(channel);

    /// <summary>Arms the component's one timer; an earlier pending time is kept. Cleared when it fires.</summary>
    protected void WakeAt(long cycle) => Clock.ArmTimer(this, cycle, background: false);

    /// <summary>As <see cref="WakeAt"/>, for work (refresh, sampling) that never keeps a run alive.</summary>
    protected void WakeInBackgroundAt(long cycle) => Clock.ArmTimer(this, cycle, background: true);
}
