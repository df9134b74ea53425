using BcnnSim.Trainer.Commands;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>One tiny trained, pruned and retrained run, made once by the command itself; tests damage copies of it.</summary>
public sealed class FinishedRun : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-run-").FullName;
    private int copies;

    public FinishedRun()
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));
        foreach ((string from, string to) in new[]
        {
            ("\"threads\": 2", "\"threads\": 1"), ("\"batch\": 100", "\"batch\": 20"), ("\"calibrationFrames\": 500", "\"calibrationFrames\": 80"),
            ("\"samples\": 1024", "\"samples\": 128"), ("\"train\": 4000", "\"train\": 160"), ("\"validation\": 800", "\"validation\": 80"), ("\"test\": 0", "\"test\": 80"),
            ("\"epochs\": 3", "\"epochs\": 1"),
            ("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 1.5, \"outputLanes\": 8, \"kept\": [8, 8, 16] }"),
        })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        int dense = text.IndexOf("\"dense\": {", StringComparison.Ordinal);
        string phase = text[(dense + 9)..(text.IndexOf('}', dense) + 1)];
        text = text.Replace("\"retrain\": null", $"\"retrain\": {phase}", StringComparison.Ordinal);
        File.WriteAllText(Configuration, text);
        File.WriteAllText(OtherSeed, text.Replace("\"seed\": 4", "\"seed\": 5", StringComparison.Ordinal));
        File.WriteAllText(NoTest, text.Replace("\"test\": 80", "\"test\": 0", StringComparison.Ordinal));
        File.WriteAllText(Twice, text.Replace("\"seed\": 4", "\"seed\": \"four\"", StringComparison.Ordinal).Replace("\"batch\": 20", "\"batch\": 0", StringComparison.Ordinal));
        Assert.Equal(0, CommandTree.Run(["train", "--config", Configuration, "--run", Folder]));
    }

    public string Configuration => Path.Combine(root, "training.json");

    /// <summary>The same with another seed.</summary>
    public string OtherSeed => Path.Combine(root, "other.json");

    /// <summary>The same without test frames.</summary>
    public string NoTest => Path.Combine(root, "notest.json");

    /// <summary>The same with a wrong type and a wrong value.</summary>
    public string Twice => Path.Combine(root, "twice.json");

    public string Folder => Path.Combine(root, "run");

    /// <summary>A path in the folder of this fixture that nothing stands at.</summary>
    public string Free() => Path.Combine(root, $"free{Interlocked.Increment(ref copies)}");

    /// <summary>A copy of the run.</summary>
    public string Copy()
    {
        string copy = Free();
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(Folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(root, true);
}
