using System.Diagnostics;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BcnnSim.Interchange.Tests;

/// <summary>Every committed network on a thousand frames of its test split, the committed ones first: the runtime gives the scores and classes of the reference executor.</summary>
public sealed class CommittedNetworkTests(ITestOutputHelper log)
{
    private const int Batch = 32;
    private const int Count = 1_000;

    private static IEnumerable<string> Names => Directory.GetDirectories(Repository.File("models", "networks"))
        .Where(f => File.Exists(Path.Combine(f, NetworkFile.JsonName))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Networks => [.. Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task All_scores_and_classes_of_a_thousand_frames_are_equal(string name)
    {
        using TemporaryFolder folder = new();
        Network network = NetworkFile.Read(Repository.File("models", "networks", name));
        IReadOnlyList<Frame> frames = TestFrames.Of(name, Count);
        Assert.Equal(Count, frames.Count);
        Assert.Equal(Count, frames.Select(f => Convert.ToHexString(f.Planes)).Distinct().Count());
        OnnxJob job = OnnxJob.Write(network, frames, folder.File(name), Batch);
        Stopwatch watch = Stopwatch.StartNew();
        Task<IReadOnlyList<ReferenceResult>> expected = Task.Run(() => OnnxComparison.Reference(network, frames));
        OnnxRuntime.Run(folder.File("jobs.json"), job);
        log.WriteLine($"{name}: {frames.Count} frames, {network.Layers.Count} convolutions, runtime {watch.Elapsed.TotalSeconds:F1} s");
        Assert.Null(OnnxComparison.Difference(await expected, job.Read()));
        log.WriteLine($"until the reference executor beside it was done {watch.Elapsed.TotalSeconds:F1} s");
    }

    [Fact]
    public void The_five_reference_networks_are_there() =>
        Assert.Equal(["cc-iq", "cc-nin", "cc-nin-iq", "cc-resnet18", "cc-resnet18-iq"], Names);
}
