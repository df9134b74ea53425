namespace BcnnSim.Kernel;

/// <summary>A bug in the model itself (never bad input): names cycle, component and channel. Exit code 3.</summary>
public sealed class ModelException(string message) : Exception(message)
{
    public ModelException(Component? component, long cycle, Channel? channel, string what)
        : this($"cycle {cycle}, component {component?.Name ?? "-"}, channel {channel?.Name ?? "-"}: {what}")
    {
    }
}
