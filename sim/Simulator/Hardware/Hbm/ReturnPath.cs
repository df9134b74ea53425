using System.Runtime.CompilerServices;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Beats of one AXI channel on their way back from the DRAM to the link, in order. On a straight way (<see cref="StraightWay"/>) they pass
/// the register stage of the switch last.
/// </summary>
/// <param name="to">Channel of the link.</param>
/// <param name="straight">Whether the stage of the switch lies behind it.</param>
internal struct ReturnPath<T>(Channel<T> to, bool straight)
    where T : struct
{
    /// <summary>Beats on the way back at once; more than the path holds, so that it never limits an open port.</summary>
    private const int MaxReturns = 256;
    private readonly DelayLine<T> line = new(0, MaxReturns + StraightWay.Depth);

    // The oldest beats of the line that have reached the stage.
    private int staged;

    public readonly bool IsEmpty => line.Count == 0;

    public readonly bool HasRoom => line.Count - staged < MaxReturns - 1;

    /// <summary>Cycle at which the oldest beat that has not left the path may; long.MaxValue if there is none.</summary>
    public readonly long NextDue => line.DueBehind(staged);

    /// <summary>Place of a beat that may leave the path at <paramref name="due"/>; due times must not decrease.</summary>
    public readonly ref T EnterDue(long due) => ref line.EnterDue(due);

    /// <summary>One edge: at most one beat to the link.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(long cycle)
    {
        if (line.Count == 0)
        {
            return;
        }

        if (straight)
        {
            Pass(cycle);
        }
        else if (line.NextDue <= cycle && to.CanPush)
        {
            to.Push(in line.Leave());
        }
    }

    /// <summary>A beat can move at the next edge if nothing else happens.</summary>
    public readonly bool MoreNext(long cycle) => straight
        ? (staged > 0 && to.HasSpaceNext) || (staged < StraightWay.Depth && NextDue <= cycle)
        : line.NextDue <= cycle && to.HasSpaceNext;

    /// <summary>Stage to link and path to stage in one edge, each by what the registers showed before it.</summary>
    private void Pass(long cycle)
    {
        int waiting = staged;
        if (waiting > 0 && to.CanPush)
        {
            to.Push(in line.Leave());
            staged--;
        }

        if (waiting < StraightWay.Depth && line.DueBehind(staged) <= cycle)
        {
            staged++;
        }
    }
}
