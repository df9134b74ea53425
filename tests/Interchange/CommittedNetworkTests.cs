using System.Diagnostics;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BcnnSim.Interchange.Tests;

/// <summary>Every committed network on every committed frame: the runtime gives the scores and classes of the reference executor.</summary>
public sealed class CommittedNetworkTests(ITestOutputHelper log)
{
    private const int Batch = 32;

    private static IEnumerable<string> Names => Directory.GetDirectories(Repository.File("models", "networks"))
        .Where(f => File.Exists(Path.Combine(f, NetworkFile.JsonName))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Networks => [.. Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task All_scores_and_classes_of_all_frames_are_equal(string name)
    {
        using TemporaryFolder folder = new();
        Network network = NetworkFile.Read(Repository.File("models", "networks", name));
        IReadOnlyList<Frame> frames = Frames(name);
        OnnxJob job = OnnxJob.Write(network, frames, folder.File(name), Batch);
        Stopwatch watch = Stopwatch.StartNew();
        Task<IReadOnlyList<ReferenceResult>> expected = Task.Run(() => OnnxComparison.Reference(network, frames));
        OnnxRuntime.Run(folder.File("jobs.json"), job);
        log.WriteLine($"{name}: {frames.Count} frames, {network.Layers.Count} convolutions, runtime {watch.Elapsed.TotalSeconds:F1} s");
        Assert.Null(OnnxComparison.Difference(await expected, job.Read()));
        log.WriteLine($"with the reference executor beside it {watch.Elapsed.TotalSeconds:F1} s");
    }

    [Fact]
    public void There_are_five_networks_and_more_than_a_thousand_frames()
    {
        Assert.Equal(5, Networks.Count);
        Assert.InRange(Names.Sum(n => Frames(n).Count), 1_000, int.MaxValue);
    }

    private static IReadOnlyList<Frame> Frames(string name) => FrameFile.Read(Repository.File("traces", "frames", name + "-test" + FrameFile.Extension)).Frames;
}
