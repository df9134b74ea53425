using System.Numerics;
using System.Runtime.CompilerServices;

namespace BcnnSim.Kernel;

/// <summary>One clock: its components, who is awake, and their timers.</summary>
public sealed class ClockDomain
{
    private readonly TimerQueue timers = new();
    private Component[] components = [];
    private long[] armed = [];
    private bool[] armedInBackground = [];
    private WakeSet awake = new(0);
    private long dueCycle;

    internal ClockDomain(Simulation simulation, string name, long kilohertz, long period)
    {
        Simulation = simulation;
        Name = name;
        Kilohertz = kilohertz;
        Period = period;
    }

    public Simulation Simulation { get; }

    public string Name { get; }

    public long Kilohertz { get; }

    /// <summary>Period in ticks of the time base.</summary>
    public long Period { get; }

    /// <summary>The cycle whose edge is being executed, or was executed last; -1 before the first.</summary>
    public long Cycle { get; private set; } = -1;

    public IReadOnlyList<Component> Components => components;

    /// <summary>Time of the edge planned last.</summary>
    internal long DueTime { get; private set; } = long.MaxValue;

    /// <summary>Whether anything of this clock keeps the run alive, as planned last.</summary>
    internal bool Alive { get; private set; }

    /// <summary>Finds the next edge after <paramref name="now"/> at which something is to be done (or any edge); long.MaxValue if none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long Plan(long now, bool everyEdge)
    {
        bool sleeps = awake.IsEmpty;
        Alive = !sleeps || timers.ProgressCount > 0;
        if (everyEdge || !sleeps)
        {
            // Most edges follow the one before: no division then.
            dueCycle = (Cycle + 1) * Period > now ? Cycle + 1 : (now / Period) + 1;
        }
        else if (timers.Count > 0)
        {
            dueCycle = timers.NextCycle;
        }
        else
        {
            return DueTime = long.MaxValue;
        }

        return DueTime = dueCycle * Period;
    }

    internal void Build(Component[] ordered)
    {
        components = ordered;
        armed = new long[ordered.Length];
        Array.Fill(armed, long.MaxValue);
        armedInBackground = new bool[ordered.Length];
        awake = new WakeSet(ordered.Length);
        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[i].Index = i;
        }

        awake.AddAll(ordered.Length);
    }

    /// <summary>What wakes a component of this clock; for good, once the domain is built.</summary>
    internal Waker WakerOf(Component component) => new(awake, component.Index);

    /// <summary>
    /// One timer per component: of two times the earlier is kept and the later forgotten; it keeps the run alive if either does.
    /// </summary>
    internal void ArmTimer(Component component, long cycle, bool background)
    {
        if (cycle <= Cycle)
        {
            throw new ModelException(component, cycle, null, $"timer armed for cycle {cycle}, which has passed");
        }

        int index = component.Index;
        long pending = armed[index];
        if (pending != long.MaxValue)
        {
            bool keptInBackground = background && armedInBackground[index];
            if (cycle >= pending && keptInBackground == armedInBackground[index])
            {
                return;
            }

            timers.Remove(pending, index, armedInBackground[index]);
            cycle = Math.Min(cycle, pending);
            background = keptInBackground;
        }

        armed[index] = cycle;
        armedInBackground[index] = background;
        timers.Add(cycle, index, background);
    }

    /// <summary>A wake-up that is not the component's own timer: a crossing becomes visible.</summary>
    internal void WakeAt(long cycle, Component component) => timers.Add(cycle, component.Index, background: false);

    /// <summary>Runs the planned edge; returns whether an awake component ran.</summary>
    internal bool Edge(bool tickEverything, ISimulationObserver? observer)
    {
        long cycle = dueCycle;
        Cycle = cycle;
        FireTimers(cycle);
        bool ran = false;
        for (int w = 0; w < awake.Words.Length; w++)
        {
            ulong due = awake.Take(w);
            ran |= due != 0;
            if (tickEverything)
            {
                due = AllOf(w);
            }

            // Nobody is woken before the edge commits.
            awake.Words[w] = observer is null ? TickAll(w, due, cycle) : TickObserved(w, due, cycle, observer);
        }

        return ran;
    }

    /// <summary>Those of the components due that must run at the next edge.</summary>
    private ulong TickAll(int w, ulong due, long cycle)
    {
        ulong again = 0;
        for (; due != 0; due &= due - 1)
        {
            bool stays = components[(w << 6) + BitOperations.TrailingZeroCount(due)].Tick(cycle);
            again |= stays ? due & (0 - due) : 0;
        }

        return again;
    }

    private ulong TickObserved(int w, ulong due, long cycle, ISimulationObserver observer)
    {
        ulong again = 0;
        for (; due != 0; due &= due - 1)
        {
            Component component = components[(w << 6) + BitOperations.TrailingZeroCount(due)];
            observer.BeforeTick(component, cycle);
            if (component.Tick(cycle))
            {
                again |= due & (0 - due);
            }
            else
            {
                Simulation.FellAsleep(component);
            }
        }

        return again;
    }

    private void FireTimers(long cycle)
    {
        while (timers.NextCycle <= cycle)
        {
            int index = timers.RemoveNext();
            if (armed[index] <= cycle)
            {
                armed[index] = long.MaxValue;
            }

            awake.Add(index);
        }
    }

    private ulong AllOf(int w)
    {
        int remaining = components.Length - (w << 6);
        return remaining >= 64 ? ulong.MaxValue : (1UL << remaining) - 1;
    }
}
