namespace BcnnSim.Tests.Contracts;

/// <summary>How a <see cref="FaultyRelay"/> breaks the kernel contract.</summary>
internal enum ComponentFault
{
    /// <summary>Keeps it.</summary>
    None,

    /// <summary>Falls asleep although a beat is left.</summary>
    SleepsBesideABeat,

    /// <summary>Passes on how often it was ticked.</summary>
    CountsItsTicks,

    /// <summary>Reads a field that another component writes in the same edge.</summary>
    LooksAround,

    /// <summary>Its answer to a question for the reason changes what it does.</summary>
    ReasonHasAnEffect,

    /// <summary>Says starved while its input holds beats.</summary>
    WrongReason,

    /// <summary>Keeps the last beat.</summary>
    KeepsTheLastBeat,

    /// <summary>Never done, never anything to do.</summary>
    NeverDone,
}
