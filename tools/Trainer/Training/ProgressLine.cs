using System.Diagnostics;
using System.Globalization;

namespace BcnnSim.Trainer.Training;

/// <summary>One moving line on a terminal, a line per epoch and every 30 s in a file. Where it cannot be written, a full disk or a reader that left, training goes on without.</summary>
public sealed class ProgressLine(TextWriter output, bool terminal, int batch)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private double next;

    public void Report(string phase, int epochsDone, int epochs, int step, int steps, double imagesPerSecond)
    {
        double now = clock.Elapsed.TotalSeconds;
        if (now < next)
        {
            return;
        }

        next = now + (terminal ? 0.5 : 30);
        double share = (double)step / steps;
        double left = (epochs - epochsDone - share) * steps * batch / Math.Max(imagesPerSecond, 1e-9);
        int filled = (int)(20 * share);
        string bar = new string('#', filled) + new string('.', 20 - filled);
        string line = string.Create(CultureInfo.InvariantCulture, $"{phase} epoch {epochsDone + 1}/{epochs} [{bar}] {imagesPerSecond:F0} images/s, {DurationText.Of(TimeSpan.FromSeconds(left))} left");
        Write(terminal ? "\r" + line + "   " : line + Environment.NewLine);
    }

    public void Line(string text) => Write((terminal ? "\r" : string.Empty) + text + Environment.NewLine);

    public void Epoch(TrainingLogRow row)
    {
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Phase} epoch {row.Epoch}: loss {row.TrainLoss:F4} accuracy {row.TrainAccuracy:P2}, validation loss {row.ValidationLoss:F4} accuracy {row.ValidationAccuracy:P2}, rate {row.LearningRate:G3}, {row.ImagesPerSecond:F0} images/s, {row.CpuSeconds:F0} s CPU"));
    }

    private void Write(string text)
    {
        try
        {
            output.Write(text);
            output.Flush();
        }
        catch (IOException)
        {
            // Progress is no result.
        }
    }
}
