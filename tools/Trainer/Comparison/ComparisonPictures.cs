using System.Globalization;
using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Pictures of a comparison, one of each kind per structure: means over seeds, and every seed beside the others.</summary>
internal static class ComparisonPictures
{
    public static void Write(ComparisonFolder folder, ComparisonSettings settings, IReadOnlyList<ComparisonLine> lines)
    {
        string name = settings.Name;
        foreach (IGrouping<PruningStructure, ComparisonLine> structure in lines.GroupBy(line => line.Structure))
        {
            string suffix = structure.Key.ToString().ToLowerInvariant();
            if (structure.Select(line => line.Rate).Distinct().Count() > 1)
            {
                Rates(folder.File($"rate-{suffix}.svg"), $"{name}: accuracy by rate, {suffix}", structure);
            }

            if (structure.Any(line => line.FramesPerSecond is not null))
            {
                Speeds(folder.File($"speed-{suffix}.svg"), $"{name}: accuracy by simulated speed, {suffix}", structure);
            }

            foreach (IGrouping<double, ComparisonLine> rate in structure.GroupBy(line => line.Rate))
            {
                string at = string.Create(CultureInfo.InvariantCulture, $"{suffix}-{rate.Key}x");
                Epochs(folder.File($"retrain-{at}.svg"), string.Create(CultureInfo.InvariantCulture, $"{name}: accuracy by retraining epoch, {suffix}, {rate.Key}x"), rate, settings);
                Seeds(folder.File($"seeds-{at}.svg"), string.Create(CultureInfo.InvariantCulture, $"{name}: every seed, {suffix}, {rate.Key}x"), [.. rate]);
                Iterations(folder, $"iterations-{at}.svg", string.Create(CultureInfo.InvariantCulture, $"{name}: violation and step, {suffix}, {rate.Key}x"), rate);
                if (rate.Any(line => line.HasTags))
                {
                    Tags(folder.File($"tags-{at}.svg"), string.Create(CultureInfo.InvariantCulture, $"{name}: accuracy by SNR, {suffix}, {rate.Key}x"), rate.Where(line => line.HasTags));
                }
            }
        }
    }

    private static void Rates(string path, string title, IEnumerable<ComparisonLine> lines)
    {
        var picture = new AccuracyPicture(title, "dense / kept weights", horizontalMinimum: 0, verticalTitle: "accuracy behind retraining (solid), behind the hard prune (dashed)");
        foreach ((int colour, IGrouping<string, ComparisonLine> label) in lines.GroupBy(line => line.Label).Index())
        {
            var ordered = label.OrderBy(line => line.Rate).ToList();
            picture.Add(label.Key, ordered.Select(line => (Reached(line), line.Rows.Average(row => row.Best))), 2, colour: colour);
            picture.Add(label.Key, ordered.Where(line => !line.StartsAnew).Select(line => (Reached(line), line.Rows.Average(row => row.Pruned))), 1.5, dashed: true, colour);
        }

        picture.Write(path);
    }

    // A little above the rate asked for: groups go whole.
    private static double Reached(ComparisonLine line) => line.Rows.Average(row => row.Rate);

    private static void Speeds(string path, string title, IEnumerable<ComparisonLine> lines)
    {
        var picture = new AccuracyPicture(title, "frames per second by latency, simulated", horizontalMinimum: 0, ownRange: true);
        foreach ((int colour, IGrouping<string, ComparisonLine> label) in lines.Where(line => line.FramesPerSecond is not null).GroupBy(line => line.Label).Index())
        {
            picture.Add(label.Key, label.Select(line => (line.FramesPerSecond!.Value, line.Rows.Average(row => row.Final))).Order(), 2, colour: colour);
        }

        picture.Write(path);
    }

    // Twins of equal CPU time run for up to ten times as many epochs: beside them the curves of the others would be a dot.
    private static void Epochs(string path, string title, IEnumerable<ComparisonLine> lines, ComparisonSettings settings)
    {
        var picture = new AccuracyPicture(title, "retraining epochs", horizontalMinimum: 0);
        foreach ((int colour, ComparisonLine line) in lines.Index().Where(entry => settings.Contender(entry.Item.Label).Epochs is null))
        {
            int epochs = line.Rows.Min(row => row.Retrain.Count);
            var points = new List<(double, double)> { (0, line.Rows.Average(row => row.Pruned)) };
            points.AddRange(Enumerable.Range(1, epochs).Select(epoch => ((double)epoch, line.Rows.Average(row => row.After(epoch)!.Value))));
            picture.Add(line.Label, points, 2, colour: colour);
        }

        picture.Write(path);
    }

    private static void Seeds(string path, string title, IReadOnlyList<ComparisonLine> lines)
    {
        var picture = new SeedPicture(title, lines.Any(line => line.Rows.Any(row => row.Test is not null)) ? "test accuracy" : "accuracy behind retraining", [.. lines.Select(line => line.Label)]);
        foreach ((int at, ComparisonLine line) in lines.Index())
        {
            picture.Add(at, [.. line.Rows.Select(row => row.Final)]);
        }

        picture.Write(path);
    }

    private static void Iterations(ComparisonFolder folder, string file, string title, IEnumerable<ComparisonLine> lines)
    {
        var picture = new IterationPicture(title);
        bool any = false;
        foreach ((int colour, ComparisonLine line) in lines.Index())
        {
            List<IReadOnlyList<PruningIteration>> logs = [.. line.Rows.Select(row => folder.Iterations(row.Key)).OfType<IReadOnlyList<PruningIteration>>().Where(log => log.Count > 0)];
            any |= logs.Count > 0;
            picture.Add(logs.Count is 0 || logs.Count == line.Rows.Count ? line.Label : $"{line.Label} ({logs.Count} of {line.Rows.Count} seeds)", logs, colour);
        }

        if (any)
        {
            picture.Write(folder.File(file));
        }
    }

    private static void Tags(string path, string title, IEnumerable<ComparisonLine> lines)
    {
        var picture = new AccuracyPicture(title, "SNR in dB, test");
        foreach ((int colour, ComparisonLine line) in lines.Index())
        {
            picture.Add(line.Label, line.ByTag().Select(tag => ((double)tag.Tag, tag.Accuracies.Average())), 2, colour: colour);
        }

        picture.Write(path);
    }
}
