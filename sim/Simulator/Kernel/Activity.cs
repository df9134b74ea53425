namespace BcnnSim.Kernel;

/// <summary>The one reason a component's cycle has, and the channel behind it where there is one.</summary>
/// <param name="Reason">What the cycle was spent on.</param>
/// <param name="ChannelIndex">Index into Consumed (starved) or Produced (back-pressured); 0 otherwise.</param>
public readonly record struct Activity(ActivityReason Reason, int ChannelIndex = 0)
{
    /// <summary>Channels a reason can name; a component with more is refused when observed.</summary>
    public const int MaxChannels = 64;

    /// <summary>Number of distinct codes.</summary>
    public const int CodeCount = 8 * MaxChannels;

    public static Activity Done => new(ActivityReason.Done);

    public static Activity Draining => new(ActivityReason.Draining);

    public static Activity Barrier => new(ActivityReason.Barrier);

    public static Activity BankConflict => new(ActivityReason.BankConflict);

    public static Activity Memory => new(ActivityReason.Memory);

    public static Activity Busy => new(ActivityReason.Busy);

    /// <summary>Dense index for accumulation.</summary>
    public int Code => ((int)Reason * MaxChannels) + ChannelIndex;

    public static Activity Starved(int consumedIndex) => new(ActivityReason.Starved, consumedIndex);

    public static Activity BackPressured(int producedIndex) => new(ActivityReason.BackPressured, producedIndex);
}
