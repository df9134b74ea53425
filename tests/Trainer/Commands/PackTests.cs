using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Tests.Data.Captures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>pack on captures made of generated bursts, for the committed networks; and a whole run on recordings.</summary>
public sealed class PackTests : IDisposable
{
    private const int Burst = 1024;
    private readonly CaptureFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The capture holds the bursts of the test split in float32: the frames are those of the split but for the rounding of samples.</summary>
    [Theory]
    [InlineData("cc-iq")]
    [InlineData("cc-nin-iq")]
    public void A_capture_of_the_test_bursts_packs_into_the_committed_frames(string name)
    {
        const int Count = 40;
        var source = (BurstFrameSource)DataSplits.Source(ConfigurationFile.Read(Path.Combine(CommittedFiles.Network(name), "training.json")).Data, DataSplit.Test);
        float[] samples = Samples(source, Count);
        (long, long?, string?)[] annotations = [.. Enumerable.Range(0, Count).Select(i => ((long)i * Burst, (long?)Burst, (string?)(i == 3 ? "DVB-T" : source.ClassNames[source.Label(i)])))];
        string output = folder.File("my.bcnnframes");
        Assert.Equal(0, CommandTree.Run(["pack", "--network", CommittedFiles.Network(name), "--input", folder.Sigmf("capture", samples, "cf32_le", annotations), "--output", output]));

        IReadOnlyList<Frame> packed = FrameFile.Read(output).Frames, committed = FrameFile.Read(CommittedFiles.Frames(name)).Frames;
        Assert.Equal(Count, packed.Count);
        int different = 0;
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(i == 3 ? -1 : committed[i].Label, packed[i].Label);
            different += Values(packed[i]).Zip(Values(committed[i])).Count(pair => pair.First != pair.Second);
            Assert.All(Values(packed[i]).Zip(Values(committed[i])), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        }

        // A sample rounded to 24 bits crosses a boundary of the 8-bit grid once in tens of thousands.
        Assert.InRange(different, 0, Count * packed[0].Shape.Values / 1000);
        var executor = new ReferenceExecutor(NetworkFile.Read(CommittedFiles.Network(name)));
        Assert.InRange(packed.Zip(committed).Count(pair => executor.Run(pair.First).Class == executor.Run(pair.Second).Class), Count - 2, Count);
    }

    /// <summary>Any scale, no annotations: the same frames from raw, NPY and SigMF; silence stays 0; a rest shorter than a burst is left.</summary>
    [Fact]
    public void Raw_npy_and_sigmf_of_the_same_samples_pack_into_the_same_frames()
    {
        float[] samples = CaptureFolder.Noise((3 * Burst) + 100, 8);
        Array.Clear(samples, 2 * Burst, 2 * Burst);
        string network = CommittedFiles.Network("cc-iq");
        (string, string[])[] cases =
        [
            ("sigmf", ["--input", folder.Sigmf("a", samples, "ci8", [])]),
            ("ci16", ["--input", folder.Raw("a.iq", samples, "ci16_le"), "--type", "ci16_le", "--rate", "200000"]),
            ("cf32", ["--input", folder.Raw("b.iq", samples, "cf32_le"), "--type", "cf32_le", "--rate", "200000"]),
            ("npy", ["--input", folder.Npy("a.npy", "<c8", $"{samples.Length / 2},", CaptureFolder.Floats(samples)), "--rate", "1e6"]),
        ];
        byte[][] files = [.. cases.Select(c =>
        {
            string output = folder.File(c.Item1 + ".bcnnframes");
            Assert.Equal(0, CommandTree.Run(["pack", "--network", network, .. c.Item2, "--output", output]));
            return File.ReadAllBytes(output);
        })];
        Assert.All(files, file => Assert.Equal(files[0], file));
        IReadOnlyList<Frame> frames = FrameFile.Read(folder.File("npy.bcnnframes")).Frames;
        Assert.Equal([-1, -1, -1], frames.Select(f => f.Label));
        Assert.Equal([128], Values(frames[1]).Distinct());

        string two = folder.File("two.bcnnframes");
        Assert.Equal(0, CommandTree.Run(["pack", "--network", network, .. cases[0].Item2, folder.Sigmf("c", samples, "cf32_le", []), "--count", "4", "--output", two]));
        Assert.Equal(4, FrameFile.Read(two).Frames.Count);
    }

    /// <summary>A capture that was tuned anew after 1,500 samples: the bursts are those of its two segments.</summary>
    [Fact]
    public void A_burst_is_not_packed_across_the_start_of_a_capture_segment()
    {
        float[] samples = CaptureFolder.Noise(4 * Burst, 9);
        string network = CommittedFiles.Network("cc-iq"), tuned = folder.File("tuned.bcnnframes"), joined = folder.File("joined.bcnnframes");
        string meta = folder.Sigmf("a", samples, "ci8", [], root => root["captures"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"core:sample_start": 0}, {"core:sample_start": 1500}]"""));
        string raw = folder.Raw("a.iq", [.. samples[..(2 * Burst)], .. samples[3000..(3000 + (4 * Burst))]], "ci8");
        Assert.Equal(0, CommandTree.Run(["pack", "--network", network, "--input", meta, "--output", tuned]));
        Assert.Equal(0, CommandTree.Run(["pack", "--network", network, "--input", raw, "--type", "ci8", "--rate", "200000", "--output", joined]));
        Assert.Equal(File.ReadAllBytes(joined), File.ReadAllBytes(tuned));
        Assert.Equal(3, FrameFile.Read(tuned).Frames.Count);
    }

    [Theory]
    [InlineData("--network IQ --input RAW --output OUT")]
    [InlineData("--network IQ --input RAW --type ci8 --output OUT")]
    [InlineData("--network IQ --input RAW --type ci16_be --rate 1 --output OUT")]
    [InlineData("--network IQ --input RAW --type ci8 --rate NaN --output OUT")]
    [InlineData("--network IQ --input RAW --type ci8 --rate 0 --output OUT")]
    [InlineData("--network IQ --input RAW --type cf32_le --rate 1 --output OUT")]
    [InlineData("--network IQ --input SIGMF --type ci8 --output OUT")]
    [InlineData("--network IQ --input SIGMF --rate 5 --output OUT")]
    [InlineData("--network IQ --input SIGMF --count 0 --output OUT")]
    [InlineData("--network IQ --input SHORT --output OUT")]
    [InlineData("--network IQ --input MISSING --output OUT")]
    [InlineData("--network IQ --input PICKLE --output OUT")]
    [InlineData("--network IQ --input SIGMF --output RAW/below")]
    [InlineData("--network IMAGES --input SIGMF --output OUT")]
    [InlineData("--network MISSING --input SIGMF --output OUT")]
    [InlineData("--network IQ --output OUT")]
    public void A_hostile_command_line_ends_with_code_2_and_writes_nothing(string line)
    {
        string output = folder.File("out.bcnnframes");
        float[] noise = CaptureFolder.Noise(1501, 8);
        File.WriteAllBytes(folder.File("p.pkl"), [0x80, 4, 0x95]);
        var names = new Dictionary<string, string>
        {
            ["IQ"] = CommittedFiles.Network("cc-iq"), ["IMAGES"] = CommittedFiles.Network("cc-nin"), ["RAW"] = folder.Raw("a.iq", noise, "ci8"), ["SIGMF"] = folder.Sigmf("a", noise, "ci8", []),
            ["SHORT"] = folder.Sigmf("b", noise, "ci8", [(0, 1023, "QPSK")]), ["MISSING"] = folder.File("none.sigmf-meta"), ["PICKLE"] = folder.File("p.pkl"), ["OUT"] = output,
            ["RAW/below"] = folder.File("a.iq") + "/below",
        };
        Assert.Equal(2, CommandTree.Run(["pack", .. line.Split(' ').Select(word => names.GetValueOrDefault(word, word))]));
        Assert.False(File.Exists(output));
    }

    /// <summary>train, evaluate, export, pack on recordings of two classes in SigMF, as the README shows it.</summary>
    [Fact]
    public void A_network_trains_on_recordings_and_packs_a_capture()
    {
        string[] classes = ["tone", "noise"];
        for (int i = 0; i < 12; i++)
        {
            folder.Sigmf($"data/{i:D2}", i % 2 == 0 ? Tone(20 * 128, i) : CaptureFolder.Noise(20 * 128, i), "cf32_le", [(0, 20 * 128, classes[i % 2])]);
        }

        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));
        foreach ((string from, string to) in new[]
        {
            ("\"iq-11\"", "\"sigmf\""), ("\"2016-like\"", "null"), ("[\"BPSK\", \"QPSK\", \"GFSK\", \"AM-DSB\"]", "[\"tone\", \"noise\"]"), ("\"samples\": 1024", "\"samples\": 128"),
            ("\"train\": 4000", "\"train\": 160"), ("\"validation\": 800", "\"validation\": 40"), ("\"test\": 0", $"\"test\": 40, \"folder\": \"{folder.File("data")}\", \"rate\": 200000"),
            ("\"batch\": 100", "\"batch\": 20"), ("\"calibrationFrames\": 500", "\"calibrationFrames\": 80"),
        })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        string configuration = folder.File("training.json"), run = folder.File("run"), network = folder.File("smoke");
        File.WriteAllText(configuration, text);
        string[] common = ["--config", configuration, "--run", run];
        Assert.Equal(0, CommandTree.Run(["train", .. common]));
        Assert.Equal(0, CommandTree.Run(["evaluate", .. common, "--phase", "dense", "--reason", "test"]));
        Assert.Equal(0, CommandTree.Run(["export", .. common, "--phase", "dense", "--output", network]));
        Network exported = NetworkFile.Read(network);
        Assert.Equal(("sigmf", "200000"), (exported.Provenance["dataSet"], exported.Provenance["sampleRate"]));

        string frames = folder.File("my.bcnnframes");
        Assert.Equal(0, CommandTree.Run(["pack", "--network", network, "--input", folder.File("data/00.sigmf-meta"), folder.File("data/01.sigmf-meta"), "--output", frames]));
        var executor = new ReferenceExecutor(exported);
        Assert.InRange(FrameFile.Read(frames).Frames.Count(frame => executor.Run(frame).Class == frame.Label), 36, 40);
        Assert.Equal(2, CommandTree.Run(["yardstick", .. common]));

        // A recording that is cut behind the start of training is a refusal at --resume, as is one with other samples.
        folder.Sigmf("data/00", Tone(20 * 128, 99), "cf32_le", [(0, 20 * 128, "tone")]);
        Assert.Equal(2, CommandTree.Run(["train", .. common, "--resume"]));
        File.WriteAllBytes(folder.File("data/00.sigmf-data"), new byte[8]);
        Assert.Equal(2, CommandTree.Run(["train", .. common, "--resume"]));
    }

    private static float[] Tone(int samples, int seed) =>
        [.. Enumerable.Range(0, samples).SelectMany(n => new[] { MathF.Cos((0.3f * n) + seed), MathF.Sin((0.3f * n) + seed) })];

    private static float[] Samples(BurstFrameSource source, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(i =>
        {
            RadioBurst burst = source.Generator.Generate(DataSplit.Test, i);
            return burst.Re.Zip(burst.Im).SelectMany(x => new[] { (float)x.First, (float)x.Second });
        })];

    private static IEnumerable<int> Values(Frame frame)
    {
        for (int i = 0; i < frame.Shape.Values; i++)
        {
            (int y, int x, int c) = (i / frame.Shape.Channels / frame.Shape.Width, i / frame.Shape.Channels % frame.Shape.Width, i % frame.Shape.Channels);
            yield return frame.ReValue(y, x, c);
            yield return frame.ImValue(y, x, c);
        }
    }
}
