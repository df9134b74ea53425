namespace BcnnSim.Kernel;

/// <summary>
/// Sees components from outside for cycle accounting. Called by the kernel only; may call the pure
/// <see cref="Component.Classify"/>, must change nothing in the model.
/// </summary>
public interface ISimulationObserver
{
    /// <summary>Right before the component's tick at <paramref name="cycle"/>; committed state is that of the cycle's start.</summary>
    void BeforeTick(Component component, long cycle);

    /// <summary>After the commit of the edge in which the component asked to sleep; the reason holds from cycle + 1 on.</summary>
    void AfterSleep(Component component, long cycle);
}
