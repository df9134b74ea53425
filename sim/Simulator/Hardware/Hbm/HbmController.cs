using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Controller of one memory channel and its two pseudo-channels, which share nothing but it, on the AXI clock (two DRAM clocks per
/// cycle). Only the pseudo-channels that something can reach are given a link.
/// </summary>
public sealed class HbmController : Component
{
    private readonly PseudoChannelLane[] lanes;

    /// <param name="name">Dotted name.</param>
    /// <param name="clock">AXI clock.</param>
    /// <param name="design">Memory and path.</param>
    /// <param name="links">Pseudo-channel 0..31, the link that leads to it, and the port of a straight way; one or two of one channel.</param>
    /// <param name="image">Contents; null where only time matters.</param>
    /// <param name="pathCycles">Round trip of the fixed path that lies inside the controller.</param>
    public HbmController(
        string name, ClockDomain clock, AcceleratorDesign design, (int PseudoChannel, AxiLink Link, int? StraightPort)[] links, HbmImage? image, int pathCycles)
        : base(name, clock)
    {
        lanes = new PseudoChannelLane[links.Length];
        for (int i = 0; i < links.Length; i++)
        {
            lanes[i] = new PseudoChannelLane(design, links[i].PseudoChannel, links[i].Link, links[i].StraightPort, image, pathCycles, remembers: !clock.Simulation.TicksEverything);
            links[i].Link.ConnectSlave(this);
        }
    }

    /// <summary>Counts of a pseudo-channel.</summary>
    public HbmStatistics Statistics(int pseudoChannel) => Lane(pseudoChannel).Scheduler.Statistics;

    /// <summary>Tells an observer every DRAM command of a pseudo-channel from now on.</summary>
    public void Observe(int pseudoChannel, IDramCommandObserver observer) => Lane(pseudoChannel).Scheduler.Dram.Observer = observer;

    /// <summary>Brings the lazily computed refresh up to a cycle, so that refreshes of idle time are counted: at the end of a run.</summary>
    public void SettleRefresh(long cycle)
    {
        foreach (PseudoChannelLane lane in lanes)
        {
            lane.Scheduler.Refresh(2 * cycle);
        }
    }

    public override bool WaitsOnlyForSpace => true;

    public override bool WaitsOnlyForHead => true;

    public override bool HoldsWork
    {
        get
        {
            bool holds = false;
            foreach (PseudoChannelLane lane in lanes)
            {
                holds |= lane.HoldsWork;
            }

            return holds;
        }
    }

    public override bool Tick(long cycle)
    {
        bool again = false;
        foreach (PseudoChannelLane lane in lanes)
        {
            again |= lane.Tick(cycle);
        }

        if (!again)
        {
            SleepUntilDue(cycle);
        }

        return again;
    }

    public override Activity Classify(long cycle)
    {
        bool sees = HoldsWork;
        foreach (PseudoChannelLane lane in lanes)
        {
            sees |= lane.SeesBeats;
        }

        return sees ? Activity.Busy : Activity.Starved(0);
    }

    private void SleepUntilDue(long cycle)
    {
        long due = long.MaxValue;
        foreach (PseudoChannelLane lane in lanes)
        {
            due = Math.Min(due, lane.NextDue(cycle));
        }

        if (due != long.MaxValue)
        {
            WakeAt(due);
        }
    }

    private PseudoChannelLane Lane(int pseudoChannel) => lanes[0].Scheduler.Index == pseudoChannel ? lanes[0] : lanes[1];
}
