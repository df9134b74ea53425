using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

/// <summary>Tiny comparisons on 160 radio bursts in a folder of their own.</summary>
internal sealed class ComparisonFixture : IDisposable
{
    private const string Phase = """{ "epochs": 1, "images": null, "learningRate": 0.01, "schedule": "cosine", "optimizer": "sgd" }""";
    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-compare-").FullName;

    /// <param name="route">Binarization.</param>
    /// <param name="contenders">JSON objects.</param>
    /// <param name="structures">JSON texts.</param>
    /// <param name="seeds">JSON numbers.</param>
    /// <param name="arithmetic">Of the network.</param>
    public ComparisonFixture(string route, string contenders, string structures, string seeds = "1", string arithmetic = "complex-binary")
    {
        string smoke = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));
        foreach ((string from, string to) in new[]
        {
            ("\"threads\": 2", $"\"threads\": 1, \"arithmetic\": \"{arithmetic}\""), ("\"batch\": 100", "\"batch\": 20"), ("\"calibrationFrames\": 500", "\"calibrationFrames\": 80"),
            ("\"samples\": 1024", "\"samples\": 128"), ("\"train\": 4000", "\"train\": 160"), ("\"validation\": 800", "\"validation\": 80"), ("\"test\": 0", "\"test\": 80"),
            ("\"epochs\": 3", "\"epochs\": 1"),
        })
        {
            Assert.Contains(from, smoke, StringComparison.Ordinal);
            smoke = smoke.Replace(from, to, StringComparison.Ordinal);
        }

        File.WriteAllText(Path.Combine(root, "training.json"), smoke);
        File.WriteAllText(Configuration, $$"""
            {
              "name": "tiny", "training": "training.json", "prune": {{Phase}}, "retrain": {{Phase.Replace("\"epochs\": 1", "\"epochs\": 2", StringComparison.Ordinal)}},
              "binarization": "{{route}}", "allocation": "uniform", "block": [4, 8],
              "contenders": [{{contenders}}], "structures": [{{structures}}], "rates": [1.5], "seeds": [{{seeds}}], "reference": "magnitude"
            }
            """);
    }

    /// <summary>Of the configurations.</summary>
    public string Folder => root;

    public string Configuration => Path.Combine(root, "comparison.json");

    public string Run => Path.Combine(root, "run");

    /// <summary>Replaces text of the comparison that must be there.</summary>
    public void Change(string from, string to)
    {
        string text = File.ReadAllText(Configuration);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(Configuration, text.Replace(from, to, StringComparison.Ordinal));
    }

    public int Compare(params string[] more) => CommandTree.Run(Arguments(more));

    /// <summary>Exit code and what was printed as result and refused. The process's own console stays: tests beside this one hold it.</summary>
    public (int Code, string Output, string Error) Printed(params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (CommandTree.Run(Arguments(more), output, error), output.ToString(), error.ToString());
    }

    private string[] Arguments(string[] more) => ["compare", "--config", Configuration, "--run", Run, .. more];

    /// <summary>Rows of rows.csv without the time they took, by column.</summary>
    public IReadOnlyList<Dictionary<string, string>> Rows() => Table("rows.csv");

    /// <summary>Of a table without the CPU time, by column.</summary>
    public IReadOnlyList<Dictionary<string, string>> Table(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Run, file));
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).Where(pair => pair.First != "cpuSeconds").ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    /// <summary>Validation loss of a row by epoch of a phase.</summary>
    public IReadOnlyList<double> RowLosses(string row, string phase) => Losses(Path.Combine(Run, "rows", row), phase);

    /// <summary>The same of any folder with a log.</summary>
    public static IReadOnlyList<double> Losses(string folder, string phase)
    {
        IReadOnlyList<double> losses = [.. new TrainingLog(Path.Combine(folder, "log.csv")).Rows.Where(row => row.Phase == phase).Select(row => row.ValidationLoss)];
        Assert.NotEmpty(losses);
        return losses;
    }

    public void Dispose() => Directory.Delete(root, true);
}
