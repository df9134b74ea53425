using System.Runtime.CompilerServices;

namespace BcnnSim.Kernel;

/// <summary>
/// Runs components on their clocks by the contract above <see cref="Component"/>. One instance per machine; nothing is shared
/// between instances, so a process may run many side by side.
/// </summary>
public sealed class Simulation
{
    private readonly List<Component> components = [];
    private readonly List<Channel> channels = [];
    private readonly List<ClockDomain> domains = [];
    private readonly List<Component> asleep = [];
    private readonly SimulationOptions options;
    private readonly bool everyEdge;
    private ClockDomain[] clocks = [];
    private Channel[] allChannels = [];

    // Numbers of channels, each once at most: a reference would take a write barrier at every push and pop.
    private int[] touched = new int[16];
    private int touchedCount;
    private int quietEdges;
    private ISimulationObserver? observer;
    private bool built;

    public Simulation(TimeBase timeBase, SimulationOptions? options = null)
    {
        TimeBase = timeBase;
        this.options = options ?? new SimulationOptions();
        everyEdge = !this.options.Skipping || this.options.TickEverything;
    }

    public TimeBase TimeBase { get; }

    /// <summary>Every component ticks at every edge: the slow twin, in which nothing may be remembered to save work.</summary>
    public bool TicksEverything => options.TickEverything;

    /// <summary>Ticks of the time base; the time of the last executed edge, -1 before the first.</summary>
    public long Now { get; private set; } = -1;

    public IReadOnlyList<Component> Components => components;

    public IReadOnlyList<Channel> Channels => channels;

    public IReadOnlyList<ClockDomain> Domains => domains;

    public ClockDomain AddClock(string name, long kilohertz)
    {
        ClockDomain domain = new(this, name, kilohertz, TimeBase.PeriodOf(kilohertz));
        domains.Add(domain);
        return domain;
    }

    public void Observe(ISimulationObserver simulationObserver) =>
        observer = observer is null ? simulationObserver : throw new ModelException("a simulation has one component observer");

    /// <summary>Runs until nothing is left to do; throws <see cref="DeadlockException"/> if work is left then.</summary>
    public void Run(CancellationToken cancellation = default)
    {
        Build();
        quietEdges = 0;
        while (Advance())
        {
            if (quietEdges > options.WatchdogEdges)
            {
                throw new DeadlockException(livelock: true, Waits());
            }

            cancellation.ThrowIfCancellationRequested();
        }

        if (channels.Exists(c => c.Count > 0) || components.Exists(c => c.HoldsWork))
        {
            throw new DeadlockException(livelock: false, Waits());
        }
    }

    /// <summary>Runs the edges up to and including <paramref name="time"/>: for lockstep with RTL and for tests.</summary>
    public void RunUntil(long time)
    {
        Build();
        while (NextTime() is long next && next <= time)
        {
            Step(next);
        }

        Now = Math.Max(Now, time);
    }

    internal void Register(Component component)
    {
        component.Id = components.Count;
        components.Add(component);
    }

    /// <summary>The number of the channel.</summary>
    internal int Register(Channel channel)
    {
        channels.Add(channel);
        if (channels.Count > touched.Length)
        {
            Array.Resize(ref touched, 2 * touched.Length);
        }

        return channels.Count - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Touched(Channel channel)
    {
        touched[touchedCount++] = channel.Index;
    }

    internal void FellAsleep(Component component) => asleep.Add(component);

    private void Build()
    {
        if (built)
        {
            return;
        }

        built = true;
        allChannels = [.. channels];
        foreach (Channel channel in allChannels)
        {
            channel.CheckWiring();
        }

        Component[] ordered = [.. components];
        if (options.OrderSeed != 0)
        {
            new Random(options.OrderSeed).Shuffle(ordered);
        }

        clocks = [.. domains];
        foreach (ClockDomain domain in clocks)
        {
            domain.Build([.. ordered.Where(c => c.Clock == domain)]);
        }

        foreach (Channel channel in channels)
        {
            channel.FindWakers();
        }
    }

    /// <summary>Runs the next edge; false if there is none. Never inlined: a run is one loop, which the runtime would compile before it knows it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Advance()
    {
        long next = NextTime();
        if (next == long.MaxValue)
        {
            return false;
        }

        Step(next);
        return true;
    }

    /// <summary>Time of the next edge with something to do, or of the next edge at all where time does not jump; long.MaxValue at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long NextTime()
    {
        if (clocks.Length != 1)
        {
            return NextOfAll();
        }

        // One clock, as in a memory alone, has nobody to be compared with.
        long next = clocks[0].Plan(Now, everyEdge);
        return clocks[0].Alive ? next : long.MaxValue;
    }

    private long NextOfAll()
    {
        long next = long.MaxValue;
        bool alive = false;
        foreach (ClockDomain domain in clocks)
        {
            next = Math.Min(next, domain.Plan(Now, everyEdge));
            alive |= domain.Alive;
        }

        return alive ? next : long.MaxValue;
    }

    /// <summary>One point in time: ticks, then commits.</summary>
    private void Step(long time)
    {
        Now = time;
        bool ran = false;
        foreach (ClockDomain domain in clocks)
        {
            if (domain.DueTime == time)
            {
                ran |= domain.Edge(options.TickEverything, observer);
            }
        }

        // An edge at which nothing awake ran is neither progress nor a sign of a livelock.
        quietEdges = touchedCount > 0 ? 0 : quietEdges + (ran ? 1 : 0);
        Channel[] all = allChannels;
        foreach (int index in touched.AsSpan(0, touchedCount))
        {
            all[index].Commit(time);
        }

        touchedCount = 0;
        if (observer is not null)
        {
            ReportSleepers();
        }
    }

    private void ReportSleepers()
    {
        foreach (Component component in asleep)
        {
            observer!.AfterSleep(component, component.Clock.Cycle);
        }

        asleep.Clear();
    }

    private List<string> Waits()
    {
        List<string> waits = [];
        foreach (Channel channel in channels.Where(c => c.Count > 0))
        {
            waits.Add($"channel {channel.Name} holds {channel.Count} of {channel.Depth}; {channel.Consumer?.Name ?? "nobody"} should take from it");
        }

        foreach (Component component in components.Where(c => c.HoldsWork))
        {
            waits.Add($"component {component.Name} holds work at cycle {component.Clock.Cycle}: {component.Classify(component.Clock.Cycle).Reason}");
        }

        return waits;
    }
}
