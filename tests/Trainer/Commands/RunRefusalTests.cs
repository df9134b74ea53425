using System.Security.Cryptography;
using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>Bad input of every command against a finished run: code 2, and no file of the run is touched.</summary>
public sealed class RunRefusalTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Theory]
    [InlineData("train --config CONFIG --run RUN")]
    [InlineData("train --config OTHER --run RUN --resume")]
    [InlineData("train --config CONFIG --run FREE --resume")]
    [InlineData("train --config CONFIG --run CONFIG")]
    [InlineData("train --config CONFIG --run CONFIG/below")]
    [InlineData("train --config CONFIG --run /proc/bcnntrain")]
    [InlineData("train --config RUN --run FREE")]
    [InlineData("train --config CONFIG --run FREE --threads 257")]
    [InlineData("train --config CONFIG --run FREE --threads two")]
    [InlineData("train --config CONFIG --run FREE --budget 0s")]
    [InlineData("train --config CONFIG --config OTHER --run FREE")]
    [InlineData("train --config TWICE --run FREE --dry-run")]
    [InlineData("train --config CONFIG --run FREE --budget")]
    [InlineData("train --config CONFIG --run FREE --output FREE/other")]
    [InlineData("train --config CONFIG --run RUN --resume --output CONFIG/smoke")]
    [InlineData("train --config CONFIG --run FREE --output FREE/smoke --saturation 2")]
    [InlineData("train --config CONFIG --run FREE --saturation 0.5")]
    [InlineData("evaluate --config CONFIG --run FREE --reason x")]
    [InlineData("evaluate --config CONFIG --run RUN")]
    [InlineData("evaluate --config CONFIG --run RUN --reason x --phase scratch")]
    [InlineData("evaluate --config CONFIG --run RUN --reason x --phase hard")]
    [InlineData("evaluate --config OTHER --run RUN --reason x")]
    [InlineData("evaluate --config NOTEST --run RUN --reason x")]
    [InlineData("export --config OTHER --run RUN --output FREE/smoke")]
    [InlineData("export --config CONFIG --run FREE --output FREE/smoke")]
    [InlineData("export --config CONFIG --run RUN --output CONFIG/smoke")]
    [InlineData("export --config CONFIG --run RUN --output /proc/bcnntrain/smoke")]
    [InlineData("export-frames --config CONFIG --output RUN --count 1")]
    [InlineData("export-frames --config CONFIG --output CONFIG/below --count 1")]
    [InlineData("export-frames --config CONFIG --output FREE --count 81")]
    [InlineData("export-frames --config CONFIG --output FREE --count 99999999999")]
    [InlineData("export-frames --config NOTEST --output FREE --count 1")]
    [InlineData("yardstick --config NOTEST --run FREE")]
    [InlineData("yardstick --config TWICE --run FREE")]
    [InlineData("compare --config CONFIG --run FREE")]
    [InlineData("privacy --config CONFIG --run FREE")]
    [InlineData("plot --run FREE")]
    [InlineData("plot --run CONFIG")]
    [InlineData("bench --fast")]
    public void A_hostile_command_line_ends_with_code_2_and_touches_nothing(string line)
    {
        string before = Content(run.Folder) + File.ReadAllText(run.Configuration), free = run.Free();
        string[] arguments = [.. line.Split(' ').Select(word => word
            .Replace("CONFIG", run.Configuration, StringComparison.Ordinal).Replace("OTHER", run.OtherSeed, StringComparison.Ordinal)
            .Replace("NOTEST", run.NoTest, StringComparison.Ordinal).Replace("TWICE", run.Twice, StringComparison.Ordinal)
            .Replace("FREE", free, StringComparison.Ordinal).Replace("RUN", run.Folder, StringComparison.Ordinal))];
        Assert.Equal(2, CommandTree.Run(arguments));
        Assert.Equal(before, Content(run.Folder) + File.ReadAllText(run.Configuration));
        Assert.False(Path.Exists(free), "a refused command made what it was to make");
    }

    [Theory]
    [InlineData("kept.json", "", "evaluate")]
    [InlineData("kept.json", "[[0,1],\"a\"]", "evaluate")]
    [InlineData("kept.json", "[[0,1,2,3,4,5,6],[0,1,2,3,4,5,6,7],[0,1,2,3,4,5,6,7]]", "evaluate")]
    [InlineData("kept.json", "[[0,1,2,3,4,5,6,7],null,[7,6,5,4,3,2,1,0]]", "evaluate")]
    [InlineData("kept.json", "[[0,1,2,3,4,5,6,7]]", "export")]
    [InlineData("retrain.best.ckpt", "BCNNCKP1", "evaluate")]
    [InlineData("retrain.best.ckpt", "", "export")]
    [InlineData("dense.ckpt", "", "train")]
    [InlineData("retrain.ckpt", "BCNNCKP1 and nothing else, but longer than a hash value is", "train")]
    [InlineData("log.csv", "", "train")]
    [InlineData("log.csv", "phase,epoch\nx,y\n", "train")]
    [InlineData("log.csv", "phase,epoch\nx,y\n", "plot")]
    [InlineData("dense-by-snr.csv", "snrDb\n1\n", "plot")]
    [InlineData("dense-by-snr.csv", "snrDb,accuracy\nlow,high\n", "plot")]
    public void A_damaged_file_of_the_run_is_refused(string file, string text, string command)
    {
        string copy = run.Copy();
        File.WriteAllText(Path.Combine(copy, file), text);
        string[] common = ["--config", run.Configuration, "--run", copy];
        string before = Content(copy);
        Assert.Equal(2, CommandTree.Run(command switch
        {
            "plot" => ["plot", "--run", copy],
            "evaluate" => ["evaluate", .. common, "--reason", "test"],
            "export" => ["export", .. common, "--output", Path.Combine(run.Free(), "smoke")],
            _ => ["train", .. common, "--resume"],
        }));
        Assert.Equal(before, Content(copy));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("smoke/below")]
    [InlineData("smokes")]
    public void Export_goes_only_into_a_folder_of_the_networks_name(string last)
    {
        string free = run.Free();
        string[] export = ["export", "--config", run.Configuration, "--run", run.Folder, "--output"];
        Assert.Equal(2, CommandTree.Run([.. export, Path.Combine(free, last)]));
        Assert.False(Directory.Exists(free), "a refused export made a folder");
        string[] right = [.. export, Path.Combine(free, "smoke") + Path.DirectorySeparatorChar];
        Assert.DoesNotContain("in place of", Said(right), StringComparison.Ordinal);
        Assert.Equal("smoke", NetworkFile.Read(Path.Combine(free, "smoke")).Name);
        Assert.Contains("in place of the network that was there", Said(right), StringComparison.Ordinal);

        static string Said(string[] command)
        {
            using var output = new StringWriter();
            Assert.Equal(ExitCodes.Done, CommandTree.Run(command, output, output));
            return output.ToString();
        }
    }

    /// <summary>Two that share a folder try it at once: neither finds the other's probe in its way.</summary>
    [Fact]
    public void A_folder_that_many_try_at_once_can_be_written_by_all()
    {
        string free = run.Free();
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => OutputPlace.CheckFolder("--run", free));
        Assert.Empty(Directory.EnumerateFileSystemEntries(free));
    }

    [Fact]
    public void An_output_of_another_name_is_refused_with_flag_rule_and_remedy()
    {
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => OutputPlace.CheckName("--output", "nets/other", "smoke")).Violations);
        Assert.Equal(("--output", "nets/other"), (violation.Place, violation.Value));
        Assert.Contains("must be smoke", violation.Rule, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => OutputPlace.CheckName("--output", string.Empty, "smoke"));
    }

    [Fact]
    public void Every_checkpoint_of_another_configuration_is_named_at_once()
    {
        InputException refused = Assert.Throws<InputException>(() => RunStart.Check(ConfigurationFile.Read(run.OtherSeed), new RunFolder(run.Folder), resume: true));
        Assert.Equal(
            ["dense.ckpt", "dense.best.ckpt", "retrain.ckpt", "retrain.best.ckpt"],
            refused.Violations.Select(violation => Path.GetFileName(violation.Source)));
        Assert.All(refused.Violations, violation => Assert.Equal("configuration", violation.Place));
    }

    [Theory]
    [InlineData("dense.best.ckpt")]
    [InlineData("retrain.best.ckpt")]
    public void Half_of_a_pair_of_checkpoints_is_refused_and_the_missing_one_named(string file)
    {
        string copy = run.Copy();
        File.Delete(Path.Combine(copy, file));
        InputException refused = Assert.Throws<InputException>(() => RunStart.Check(ConfigurationFile.Read(run.Configuration), new RunFolder(copy), resume: true));
        Assert.Equal(file, Path.GetFileName(Assert.Single(refused.Violations).Source));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void A_best_epoch_alone_is_what_a_kill_leaves_in_the_first_epoch_and_refused_later(int epoch, int violations)
    {
        string copy = run.Copy();
        TrainerConfiguration configuration = ConfigurationFile.Read(run.Configuration);
        string data = DataSplits.Source(configuration.Data, BcnnSim.Trainer.Data.DataSplit.Train).Configuration;
        File.Delete(Path.Combine(copy, "retrain.ckpt"));
        Checkpoint.Write(
            Path.Combine(copy, "retrain.best.ckpt"), ConfigurationFile.Fingerprint(configuration, "retrain", data), new PhaseState { Epoch = epoch, Best = 0.5, BestEpoch = epoch }, []);
        Exception? refused = Record.Exception(() => RunStart.Check(configuration, new RunFolder(copy), resume: true));
        Assert.Equal(violations, refused is null ? 0 : Assert.IsType<InputException>(refused).Violations.Count);
    }

    [Fact]
    public void A_folder_that_another_run_writes_is_refused_until_that_run_ends()
    {
        string folder = run.Copy();
        string[] resume = ["train", "--config", run.Configuration, "--run", folder, "--resume"];
        using (new RunLock(folder))
        {
            string before = Content(folder);
            Assert.Equal(2, CommandTree.Run(resume));
            Assert.Equal(2, CommandTree.Run(["evaluate", "--config", run.Configuration, "--run", folder, "--reason", "test"]));
            Assert.Equal(2, CommandTree.Run(["yardstick", "--config", run.Configuration, "--run", folder]));
            Assert.Equal(before, Content(folder));
        }

        Assert.Equal(0, CommandTree.Run(resume));
    }

    [Fact]
    public void Results_leave_no_temporary_file_and_a_table_grows_by_whole_rows()
    {
        string folder = run.Copy();
        string[] evaluate = ["evaluate", "--config", run.Configuration, "--run", folder, "--reason", "first, \"quoted\""];
        Assert.Equal(0, CommandTree.Run(evaluate));
        Assert.Equal(0, CommandTree.Run(evaluate));
        string[] rows = File.ReadAllLines(Path.Combine(folder, "test-uses.csv"));
        Assert.Equal(3, rows.Length);
        Assert.Equal(rows[1], rows[2]);
        Assert.Equal(0, CommandTree.Run(["plot", "--run", folder]));
        Assert.Empty(Directory.GetFiles(folder, "*.tmp"));
        Assert.Empty(Directory.GetFiles(folder, ".probe*"));
    }

    // The lock file is empty and stays.
    private static string Content(string folder) => string.Join('\n', Directory.GetFiles(folder).Order(StringComparer.Ordinal).Where(file => !file.EndsWith("run.lock", StringComparison.Ordinal))
        .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
}
