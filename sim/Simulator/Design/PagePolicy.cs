namespace BcnnSim.Design;

/// <summary>What happens to a row when nothing in the window asks for it.</summary>
public enum PagePolicy
{
    /// <summary>It stays open until another row of its bank is wanted.</summary>
    Open,

    /// <summary>It is closed as soon as the timing allows.</summary>
    Closed,
}
