using BcnnSim.Trainer.Pruning.Methods;
using OxyPlot.Axes;

namespace BcnnSim.Trainer.Training;

/// <summary>What pruning methods did by epoch, on a logarithmic scale: violation solid, step of the multipliers dashed where there is one.</summary>
public sealed class IterationPicture(string title) : LinePicture(
    title,
    new LinearAxis { Title = "pruning epoch", Minimum = 0, MinimumMajorStep = 1 },
    new LogarithmicAxis { Title = "violation (solid), step of the multipliers (dashed)", AxisTitleDistance = 22 })
{
    /// <summary>The picture of one run.</summary>
    public static void Write(IterationLog log, string path)
    {
        var picture = new IterationPicture("Violation and step by pruning epoch");
        picture.Add("run", [log.Rows], 0);
        picture.Write(path);
    }

    /// <summary>The logs of one method, of several seeds: geometric means, as the scale is.</summary>
    public void Add(string label, IReadOnlyList<IReadOnlyList<PruningIteration>> logs, int colour)
    {
        Add(label, Means(logs, row => row.Violation), colour: colour);
        Add(label, Means(logs, row => row.Step ?? 0), 1.5, dashed: true, colour);
    }

    // Epochs in which every log has a positive number: a logarithm has no place for others.
    private static List<(double Epoch, double Mean)> Means(IReadOnlyList<IReadOnlyList<PruningIteration>> logs, Func<PruningIteration, double> of) =>
    [
        .. Enumerable.Range(0, logs.Count == 0 ? 0 : logs.Min(log => log.Count))
            .Select(i => (logs[0][i].Epoch, Values: logs.Select(log => of(log[i])).ToList()))
            .Where(epoch => epoch.Values.TrueForAll(value => value > 0))
            .Select(epoch => ((double)epoch.Epoch, Math.Exp(epoch.Values.Average(Math.Log)))),
    ];
}
