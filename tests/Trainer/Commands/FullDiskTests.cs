using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;
using Xunit;
using Xunit.Abstractions;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>
/// Training on a file system that really is full: a small tmpfs in a mount namespace of its own where the system grants one, and
/// everywhere a limit on the size of a file, which cuts a write in its middle as a full disk does.
/// </summary>
public sealed class FullDiskTests(FinishedRun run, ITestOutputHelper log) : IClassFixture<FinishedRun>, IDisposable
{
    // Room on the tmpfs: for nothing; for the best epoch alone, without or with a log; for both checkpoints of the first epoch but not for the next ones.
    private const int Page = 4096;
    private const int Records = 2 * Page; // configuration and processor
    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-full-").FullName;

    public void Dispose() => Directory.Delete(root, true);

    [Theory]
    [InlineData("best")]
    [InlineData("log")]
    [InlineData("first")]
    [InlineData("second")]
    public void A_full_file_system_stops_training_with_file_and_remedy_and_resume_ends_with_the_same_bits(string fills)
    {
        Whole whole = RunWhole();
        long best = Pages(whole.Best.Length), state = Pages(whole.Last.Length);
        long room = Page + Records + (fills switch { "best" => best / 2, "log" => best - Page, "first" => best + (state / 2), _ => best + state + (state / 2) });
        string cut = Path.Combine(root, "cut");
        if (!Mounts())
        {
            log.WriteLine("no tmpfs can be mounted here: a limit on the size of a file stands in for the full disk");
            Directory.CreateDirectory(cut);
            Limited(cut, whole, fills == "best" ? whole.Best.Length - 1 : whole.Last.Length - 1);
            return;
        }

        string mount = Path.Combine(root, "mount");
        (int code, string said) = Shell.Run($"mkdir -p '{mount}' && mount -t tmpfs -o size={room} tmpfs '{mount}' && {Train(Path.Combine(mount, "run"), string.Empty)}; code=$?; cp -r '{mount}/run' '{cut}'; exit $code", mounts: true);
        log.WriteLine($"{room} bytes: {said}");
        Assert.Equal(2, code);
        Assert.Contains("No space left on device", said, StringComparison.Ordinal);
        Refused(said, cut);
        Assert.Contains(fills switch { "best" => "dense.best.ckpt: file", "log" => "log.csv: file", _ => "dense.ckpt: file" }, said, StringComparison.Ordinal);
        Assert.Equal(fills switch { "best" => [], "log" or "first" => ["dense.best.ckpt"], _ => new[] { "dense.best.ckpt", "dense.ckpt" } }, Directory.GetFiles(cut, "*.ckpt").Select(Path.GetFileName).Order());
        Continues(cut, whole);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_write_cut_in_its_middle_leaves_the_checkpoint_of_a_step_before_and_resume_ends_with_the_same_bits(bool inBestEpoch)
    {
        Whole whole = RunWhole();
        string cut = Path.Combine(root, "cut");
        Directory.CreateDirectory(cut);
        TrainerConfiguration configuration = ConfigurationFile.Read(Configuration);
        var progress = new ProgressLine(TextWriter.Null, false, configuration.Batch);
        Assert.False(new TrainingRun(configuration, LoadedData.Load(configuration, default), new RunFolder(cut), false, progress).Execute(new CancellationToken(canceled: true)));
        Limited(cut, whole, (inBestEpoch ? whole.Best.Length : whole.Last.Length) - 1);
    }

    [Fact]
    public void A_table_that_cannot_grow_and_frames_that_cannot_be_written_stay_as_they_were()
    {
        string folder = run.Copy(), table = Path.Combine(folder, "test-uses.csv"), frames = Path.Combine(folder, "test.bcnnframes");
        string evaluate = $"evaluate --config '{run.Configuration}' --run '{folder}' --reason full", export = $"export-frames --config '{run.Configuration}' --output '{frames}' --count 40";
        foreach ((string command, string file) in new[] { (evaluate, table), (export, frames) })
        {
            (int code, string said) = Shell.Run(Shell.Bcnntrain(command));
            Assert.True(code == 0, said);
            byte[] before = File.ReadAllBytes(file);
            (code, said) = Shell.Run($"{Limit(0)}; {Shell.Bcnntrain(command)}");
            log.WriteLine(said);
            Assert.Equal(2, code);
            Assert.Contains($"{file}: file: ", said, StringComparison.Ordinal);
            Assert.Contains("ree space", said, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(file));
            Assert.Empty(Directory.GetFiles(folder, "*.tmp"));
        }
    }

    private string Configuration => Path.Combine(root, "training.json");

    private static long Pages(long bytes) => (bytes + Page - 1) / Page * Page;

    private void Limited(string cut, Whole whole, long bytes)
    {
        string path = Path.Combine(cut, "dense.ckpt");
        byte[]? before = File.Exists(path) ? File.ReadAllBytes(path) : null;
        (int code, string said) = Shell.Run($"{Limit(bytes)}; {Train(cut, before is null ? string.Empty : "--resume")}");
        log.WriteLine($"{bytes / 1024} KiB: {said}");
        Assert.Equal(2, code);
        Refused(said, cut);
        Assert.Equal(before, File.Exists(path) ? File.ReadAllBytes(path) : null);
        Continues(cut, whole);
    }

    private static void Refused(string said, string cut)
    {
        Assert.Contains("the file that was there before is unchanged", said, StringComparison.Ordinal);
        Assert.Contains("Free space", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(cut, "*.tmp"));
    }

    private void Continues(string cut, Whole whole)
    {
        string resume = Directory.GetFiles(cut, "*.ckpt").Length > 0 ? "--resume" : string.Empty;
        (int code, string said) = Shell.Run(Train(cut, resume));
        Assert.True(code == 0, said);
        Assert.Equal(whole.Last, File.ReadAllBytes(Path.Combine(cut, "dense.ckpt")));
        Assert.Equal(whole.Best, File.ReadAllBytes(Path.Combine(cut, "dense.best.ckpt")));
    }

    private Whole RunWhole()
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));
        foreach ((string from, string to) in new[]
        {
            ("\"threads\": 2", "\"threads\": 1"), ("\"batch\": 100", "\"batch\": 20"), ("\"calibrationFrames\": 500", "\"calibrationFrames\": 80"),
            ("\"samples\": 1024", "\"samples\": 128"), ("\"train\": 4000", "\"train\": 160"), ("\"validation\": 800", "\"validation\": 80"),
        })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        File.WriteAllText(Configuration, text);
        string folder = Path.Combine(root, "whole");
        (int code, string said) = Shell.Run(Train(folder, string.Empty));
        Assert.True(code == 0, said);
        return new(File.ReadAllBytes(Path.Combine(folder, "dense.ckpt")), File.ReadAllBytes(Path.Combine(folder, "dense.best.ckpt")));
    }

    // An ignored SIGXFSZ turns the limit into an error of write; the JIT's own double-mapped memory is a file too.
    private static string Limit(long bytes) => $"trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f {bytes / 1024}";

    private string Train(string run, string options) => Shell.Bcnntrain($"train --config '{Configuration}' --run '{run}' {options}");

    private static bool Mounts() => Shell.Run("mount -t tmpfs tmpfs /mnt", mounts: true).Code == 0;

    private sealed record Whole(byte[] Last, byte[] Best);
}
