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

    internal bool AnyAwake => !awake.IsEmpty;

    internal int ProgressTimers => timers.ProgressCount;

    /// <summary>Time of the next edge with something to do, or long.MaxValue.</summary>
    internal long NextTime(long now)
    {
        if (!awake.IsEmpty)
        {
            return FirstEdgeAfter(now) * Period;
        }

        return timers.Count == 0 ? long.MaxValue : timers.NextCycle * Period;
    }

    internal long FirstEdgeAfter(long now) => now < 0 ? 0 : (now / Period) + 1;

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Wake(Component component) => awake.Add(component.Index);

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

    /// <summary>Runs one edge; returns whether an awake component ran.</summary>
    internal bool Edge(long cycle, bool tickEverything, ISimulationObserver? observer)
    {
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

            if (observer is null)
            {
                TickAll(w, due, cycle);
            }
            else
            {
                TickObserved(w, due, cycle, observer);
            }
        }

        return ran;
    }

    private void TickAll(int w, ulong due, long cycle)
    {
        while (due != 0)
        {
            int index = (w << 6) + BitOperations.TrailingZeroCount(due);
            due &= due - 1;
            if (components[index].Tick(cycle))
            {
                awake.Add(index);
            }
        }
    }

    private void TickObserved(int w, ulong due, long cycle, ISimulationObserver observer)
    {
        while (due != 0)
        {
            int index = (w << 6) + BitOperations.TrailingZeroCount(due);
            due &= due - 1;
            Component component = components[index];
            observer.BeforeTick(component, cycle);
            if (component.Tick(cycle))
            {
                awake.Add(index);
            }
            else
            {
                Simulation.FellAsleep(component);
            }
        }
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
