using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Privacy;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

/// <summary>A study of a few hundred images through the command.</summary>
public sealed class PrivacyRunTests : IDisposable
{
    private const string Phase = """{ "epochs": 2, "images": null, "learningRate": 0.01, "schedule": "constant" }""";

    private const string Contenders = """
                { "label": "dense", "defence": "none" },
                { "label": "early", "defence": "early stopping", "epochs": 1 },
                { "label": "pruned", "defence": "pruning", "lambda": 0 },
                { "label": "game", "defence": "pruning and game", "lambda": 2 },
                { "label": "scratch", "defence": "small network", "scratch": true },
                { "label": "private", "defence": "private steps", "sigma": 1 }
            """;

    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-privacy-").FullName;

    private string Configuration => Path.Combine(root, "privacy.json");

    private string Run => Path.Combine(root, "run");

    [Theory]
    [InlineData("admm", "unstructured")]
    [InlineData("slr", "filter")]
    public void Every_kind_of_contender_leaves_its_row_and_a_study_goes_on_where_it_was_cut(string method, string structure)
    {
        Write(method, structure, "1");
        Assert.Equal(0, Study());
        Assert.Contains("6 rows, 0 to run here", Printed("--dry-run"), StringComparison.Ordinal);
        (string[] header, List<string[]> rows) = PhaseTable.Read(Path.Combine(Run, "rows.csv"));
        Assert.Equal(["dense", "early", "pruned", "game", "scratch", "private"], rows.Select(row => row[0]));
        Assert.Equal(["1", "1"], rows.Take(2).Select(row => row[Array.IndexOf(header, "rate")]));
        List<string[]> game = PhaseTable.Read(Path.Combine(Run, "game.csv")).Rows;
        Assert.Equal(["warm-up", "prune", "prune", "retrain", "retrain"], game.Select(row => row[2]));
        Assert.All(game, row => Assert.NotEqual("0", row[4])); // played in every epoch
        int train = Array.IndexOf(header, "train"), violation = Array.IndexOf(header, "violation");
        Assert.NotEqual(File.ReadAllLines(Path.Combine(Run, "rows", "pruned-s1", "log.csv"))[^1].Split(',')[3], File.ReadAllLines(Path.Combine(Run, "rows", "game-s1", "log.csv"))[^1].Split(',')[3]); // and moved the network
        Assert.All(rows, row => Assert.Equal(row[0] is "pruned" or "game", row[violation].Length > 0));
        Assert.Equal(3 * 5, PhaseTable.Read(Path.Combine(Run, "curves.csv")).Rows.Count);
        Assert.True(File.Exists(Path.Combine(Run, "attack-by-accuracy.svg")));
        int epsilon = Array.IndexOf(header, "epsilon");
        Assert.All(rows, row => Assert.Equal(row[0] == "private", row[epsilon].Length > 0));
        Assert.Equal(RdpAccountant.Epsilon(0.32, 1, 7, 1e-5), double.Parse(rows[^1][epsilon], System.Globalization.CultureInfo.InvariantCulture), 3);

        IEnumerable<string> before = [.. Untimed(Run)];
        DateTime kept = File.GetLastWriteTimeUtc(Path.Combine(Run, "rows", "pruned-s1", "row.json"));
        File.Delete(Path.Combine(Run, "rows", "game-s1", "row.json")); // as if it had been cut off
        Assert.Equal(0, Study("--threads", "2"));
        Assert.Equal(kept, File.GetLastWriteTimeUtc(Path.Combine(Run, "rows", "pruned-s1", "row.json")));
        Assert.Equal(before, Untimed(Run));

        Write(method, structure, "2");
        Assert.Equal(ExitCodes.BadInput, Study()); // a row of another game
        Directory.Delete(Path.Combine(Run, "rows", "game-s1"), true);
        kept = File.GetLastWriteTimeUtc(Path.Combine(Run, "rows", "pruned-s1", "row.json"));
        Assert.Equal(0, Study());
        Assert.Equal(kept, File.GetLastWriteTimeUtc(Path.Combine(Run, "rows", "pruned-s1", "row.json"))); // the others have none
    }

    [Fact]
    public void Early_stopping_is_the_start_of_the_whole_training()
    {
        Write("admm", "unstructured", "1");
        Assert.Equal(0, Study());
        string[] whole = File.ReadAllLines(Path.Combine(Run, "dense", "s1", "log.csv")), early = File.ReadAllLines(Path.Combine(Run, "rows", "early-s1", "log.csv"));
        Assert.Equal(2, early.Length);
        Assert.Equal(whole[1].Split(',')[..7], early[1].Split(',')[..7]);
    }

    /// <summary>Stopped in the third of four models, the row goes on there and ends as if it had not been.</summary>
    [Fact]
    public void A_row_goes_on_behind_the_last_whole_model_of_the_attacker()
    {
        Write("admm", "unstructured", "1", """, "references": { "lira": 4, "shadow": 1 }""", """
                { "label": "dense", "defence": "none" },
                { "label": "dropped", "defence": "dropout", "dropout": 0.3 },
                { "label": "pruned", "defence": "pruning", "lambda": 0 }
            """);
        string whole = Path.Combine(root, "whole"), references = Path.Combine(Run, "references", "dropped-s1");
        Assert.Contains("model lira-0", Executed(whole), StringComparison.Ordinal);
        Executed(Run, "dropped, seed 1: model lira-2");
        Assert.Equal(["lira-0.ckpt", "lira-1.ckpt"], Directory.GetFiles(Assert.Single(Directory.GetDirectories(references))).Select(file => Path.GetFileName(file)).Order());
        Assert.Contains("dropped: 1 rows", Printed("--dry-run"), StringComparison.Ordinal);
        Assert.Contains("3 models of an attacker in them", Printed("--dry-run"), StringComparison.Ordinal); // of five
        string second = Executed(Run, "pruned, seed 1: model lira-1", "prune epoch 1:"); // within its pruning phase
        Assert.DoesNotContain("dropped, seed 1: model lira-1", second, StringComparison.Ordinal);
        Assert.Contains("dropped, seed 1: model lira-2", second, StringComparison.Ordinal);
        Assert.False(Directory.Exists(references));
        Executed(Run);

        Assert.Equal(Untimed(whole), Untimed(Run));
        (string[] header, List<string[]> rows) = PhaseTable.Read(Path.Combine(Run, "rows.csv"));
        Assert.All(new[] { "lira", "shadow-network", "shadow-confidence" }, attack => Assert.All(rows, row => Assert.NotEqual(string.Empty, row[Array.IndexOf(header, attack)])));
        Assert.Contains("dense/s1-lira-3", string.Join(' ', Directory.GetDirectories(Path.Combine(Run, "dense"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_counts_every_row_and_model_and_leaves_nothing()
    {
        Write("slr", "filter", "1", """, "references": { "lira": 4, "shadow": 1 }""");
        string printed = Printed("--dry-run");
        Assert.Contains("6 rows, 6 to run here", printed, StringComparison.Ordinal);
        Assert.Contains("dense networks: 1 of seeds and 5 of attackers to train", printed, StringComparison.Ordinal);
        Assert.All(new[] { "dense", "early", "pruned", "game", "scratch", "private" }, label => Assert.Contains($"{label}: 1 rows, 0:0", printed, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Run));
        Assert.Equal(ExitCodes.BadInput, Study("--budget", "0s"));
        Assert.Equal(ExitCodes.BadInput, Study("--dry-run", "--tables"));
        Assert.Equal(0, Study("--dry-run", "--budget", "10h"));
    }

    /// <summary>Models of other numbers are no part of a row, whole or begun.</summary>
    [Fact]
    public void An_attackers_models_of_another_configuration_are_made_again()
    {
        string[] contenders = [.. new[] { "0.3", "0.4" }.Select(share => $$"""
                { "label": "dense", "defence": "none" },
                { "label": "dropped", "defence": "dropout", "dropout": {{share}} }
            """)];
        const string References = """, "references": { "lira": 4, "shadow": 0 }""";
        Write("admm", "unstructured", "1", References, contenders[1]);
        Executed(Path.Combine(root, "whole"));
        Write("admm", "unstructured", "1", References, contenders[0]);
        Executed(Run, "dropped, seed 1: model lira-2");
        Write("admm", "unstructured", "1", References, contenders[1]);
        Executed(Run);
        Assert.Equal(Untimed(Path.Combine(root, "whole")), Untimed(Run));
    }

    /// <summary>Sixty epochs on 200 frames: a model of the frame itself tells members that it learned by heart.</summary>
    [Fact]
    public void Attackers_models_find_the_members_of_an_overfitted_network()
    {
        Write("admm", "unstructured", "1", """, "references": { "lira": 6, "shadow": 1 }""", """{ "label": "dense", "defence": "none" }""", epochs: 60, batch: 40);
        Executed(Run);
        (string[] header, List<string[]> rows) = PhaseTable.Read(Path.Combine(Run, "rows.csv"));
        double Of(string name) => double.Parse(rows[0][Array.IndexOf(header, name)], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Of("train") > 0.95, $"{Of("train")}");
        Assert.True(Of("lira") > 0.65, $"{Of("lira")}"); // with the sets of members and others changed over it would lie below one half
        Assert.True(Of("shadow-confidence") > 0.55, $"{Of("shadow-confidence")}");
    }

    [Theory]
    [InlineData("weightDecay", "0.05")]
    [InlineData("labelSmoothing", "0.3")]
    [InlineData("dropout", "0.5")]
    public void What_holds_a_network_back_changes_its_training(string knob, string value)
    {
        Write("admm", "unstructured", "1", contenders: $$"""
                { "label": "dense", "defence": "none" },
                { "label": "held", "defence": "held", "{{knob}}": {{value}} }
            """);
        Assert.Equal(0, Study());
        string[] dense = File.ReadAllLines(Path.Combine(Run, "dense", "s1", "log.csv")), held = File.ReadAllLines(Path.Combine(Run, "rows", "held-s1", "log.csv"));
        Assert.Equal(dense.Length, held.Length);
        Assert.NotEqual(dense[^1].Split(',')[5], held[^1].Split(',')[5]); // on validation, where nothing is smoothed or dropped
    }

    [Theory]
    [InlineData("\"members\": 200", "\"members\": 50", "members")]
    [InlineData("\"members\": 200", "\"members\": 20000", "members")]
    [InlineData("\"attackSteps\": 1", "\"attackSteps\": 8", "game.attackSteps")]
    [InlineData("\"loss\": \"log\"", "\"loss\": \"hinge\"", "game.loss")]
    [InlineData("\"lambda\": 2", "\"lambda\": -1", "contenders[3].lambda")]
    [InlineData("\"lambda\": 2", "\"lambda\": 2, \"epochs\": 3", "contenders[3]")]
    [InlineData("\"epochs\": 1", "\"epochs\": 9", "contenders[1].epochs")]
    [InlineData("\"rate\": 2", "\"rate\": 5000", "rate")]
    [InlineData("\"members\": 200", "\"members\": 100", "members")]
    [InlineData("\"defence\": \"pruning\"", "\"defence\": \"\"", "contenders[2].defence")]
    [InlineData("\"training\": \"training.json\"", "\"training\": \"pruned.json\"", "training")]
    [InlineData("\"epochs\": 1", "\"rate\": 9", "contenders[1].rate")]
    [InlineData("\"sigma\": 1", "\"sigma\": 0", "contenders[5].sigma")]
    [InlineData("\"clip\": 1", "\"clip\": 0", "dp.clip")]
    [InlineData("\"batch\": 64", "\"batch\": 640", "dp.batch")]
    [InlineData("\"training\": \"training.json\"", "\"training\": \"norm.json\"", "training")]
    [InlineData("\"structure\": \"filter\"", "\"structure\": \"block\"", "structure")]
    [InlineData("\"training\": \"training.json\"", "\"training\": \"binary.json\"", "training")]
    [InlineData("\"training\": \"training.json\"", "\"training\": \"images.json\"", "training")]
    [InlineData("\"seeds\": [1]", "\"seeds\": [1, 1]", "seeds")]
    [InlineData("\"seeds\": [1]", "\"seed\": [1]", "seeds")]
    [InlineData("\"seeds\": [1]", "\"seeds\": [1], \"references\": { \"lira\": 3, \"shadow\": 0 }", "references.lira")]
    [InlineData("\"seeds\": [1]", "\"seeds\": [1], \"references\": { \"lira\": 5, \"shadow\": 0 }", "references.lira")]
    [InlineData("\"seeds\": [1]", "\"seeds\": [1], \"references\": { \"lira\": 0, \"shadow\": -1 }", "references.shadow")]
    [InlineData("\"members\": 200", "\"members\": 300, \"references\": { \"lira\": 0, \"shadow\": 1 }", "references.shadow")]
    [InlineData("\"sigma\": 1", "\"dropout\": 1", "contenders[5].dropout")]
    [InlineData("\"sigma\": 1", "\"weightDecay\": 0", "contenders[5].weightDecay")]
    [InlineData("\"sigma\": 1", "\"labelSmoothing\": 1", "contenders[5].labelSmoothing")]
    [InlineData("\"sigma\": 1", "\"dropout\": 0.5, \"labelSmoothing\": 0.1", "contenders[5]")]
    public void A_wrong_study_is_refused_with_its_place(string from, string to, string place)
    {
        Write("admm", "filter", "1");
        string training = File.ReadAllText(Path.Combine(root, "training.json"));
        File.WriteAllText(Path.Combine(root, "binary.json"), training.Replace("real-float", "real-binary", StringComparison.Ordinal).Replace("\"norm\": \"bias\"", "\"norm\": \"batch\"", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(root, "images.json"), training.Replace("\"epochs\": 2, \"images\": null", "\"epochs\": 2, \"images\": 150", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(root, "pruned.json"), training.Replace("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 2, \"outputLanes\": 1, \"kept\": null }", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(root, "norm.json"), training.Replace("\"norm\": \"bias\"", "\"norm\": \"batch\"", StringComparison.Ordinal));
        string text = File.ReadAllText(Configuration);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(Configuration, text.Replace(from, to, StringComparison.Ordinal));
        using var error = new StringWriter();
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["privacy", "--config", Configuration, "--run", Run], TextWriter.Null, error));
        Assert.Contains($": {place}: ", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Run, "rows")));
    }

    public void Dispose() => Directory.Delete(root, true);

    private int Study(params string[] more) => CommandTree.Run(["privacy", "--config", Configuration, "--run", Run, .. more], TextWriter.Null, TextWriter.Null);

    private string Printed(params string[] more)
    {
        using var output = new StringWriter();
        Assert.Equal(0, CommandTree.Run(["privacy", "--config", Configuration, "--run", Run, .. more], output, TextWriter.Null));
        return output.ToString();
    }

    private static IEnumerable<string> Untimed(string run) => File.ReadAllLines(Path.Combine(run, "rows.csv")).Select(line => line[..line.LastIndexOf(',')]);

    // What it printed; stopped once it has printed the given texts one after the other, or run to its end.
    private string Executed(string run, params string[] until)
    {
        (PrivacySettings settings, TrainerConfiguration training) = PrivacyFile.Read(Configuration);
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter(stop, until);
        Assert.Equal(until.Length == 0, new PrivacyRun(settings, training, new PrivacyFolder(run), new ProgressLine(output, true, training.Batch)).Execute(stop.Token));
        return output.ToString();
    }

    private void Write(string method, string structure, string warmUp, string more = "", string contenders = Contenders, int epochs = 2, int batch = 110)
    {
        string training = File.ReadAllText(Path.Combine(CommittedFiles.Experiments, "lenet5-small.json"));
        foreach ((string from, string to) in new[]
        {
            ("\"train\": 54000", "\"train\": 1000"), ("\"validation\": 6000", "\"validation\": 300"), ("\"test\": 10000", "\"test\": 300"), ("\"threads\": 2", "\"threads\": 1"),
            ("\"batch\": 128", $"\"batch\": {batch}"), ("\"calibrationFrames\": 2048", "\"calibrationFrames\": 110"), ("\"epochs\": 20", $"\"epochs\": {epochs}"),
        })
        {
            Assert.Contains(from, training, StringComparison.Ordinal);
            training = training.Replace(from, to, StringComparison.Ordinal);
        }

        File.WriteAllText(Path.Combine(root, "training.json"), training);
        File.WriteAllText(Configuration, $$"""
            {
              "name": "small", "training": "training.json", "members": 200, "validation": 200,
              "method": { "method": "{{method}}" }, "structure": "{{structure}}", "allocation": "norm", "rate": 2,
              "prune": {{Phase}}, "retrain": {{Phase}}{{more}},
              "game": { "loss": "log", "attackSteps": 1, "warmUpEpochs": {{warmUp}}, "learningRate": 0.001 },
              "dp": { "clip": 1, "batch": 64, "epochs": 2, "learningRate": 0.1, "delta": 1e-5 },
              "contenders": [
                {{contenders}}
              ],
              "seeds": [1]
            }
            """);
    }

    private sealed class StoppingWriter(CancellationTokenSource stop, string[] until) : StringWriter
    {
        private int seen;

        public override void Write(string? value)
        {
            base.Write(value);
            if (seen < until.Length && value?.Contains(until[seen], StringComparison.Ordinal) == true && ++seen == until.Length)
            {
                stop.Cancel();
            }
        }
    }
}
