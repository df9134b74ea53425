namespace BcnnSim.Trainer.Training;

/// <summary>How long training steps took.</summary>
/// <param name="Images">Of all steps.</param>
/// <param name="Wall">By the clock.</param>
/// <param name="Cpu">Of all threads, what they wait for each other included.</param>
public readonly record struct StepTiming(long Images, TimeSpan Wall, TimeSpan Cpu)
{
    public double ImagesPerSecond => Images / Wall.TotalSeconds;

    /// <summary>On a shared machine the number to compare.</summary>
    public double ImagesPerCpuSecond => Images / Cpu.TotalSeconds;
}
