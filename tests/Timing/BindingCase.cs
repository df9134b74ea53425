using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;

namespace BcnnSim.Tests.Timing;

/// <summary>One row of the timing table and the shortest sequence of commands in which it is the row that binds.</summary>
/// <param name="Name">Property of <see cref="HbmTiming"/>.</param>
/// <param name="With">The set with this row changed.</param>
/// <param name="Prepare">Issues the leading commands; returns the clock the row counts from.</param>
/// <param name="Close">Issues the command that the row delays.</param>
internal sealed record BindingCase(
    string Name,
    Func<HbmTiming, int, HbmTiming> With,
    Func<PseudoChannel, long> Prepare,
    Action<PseudoChannel, long> Close)
{
    public override string ToString() => Name;
}
