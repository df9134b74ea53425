using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data.Captures;

public sealed class CaptureSetTests : IDisposable
{
    private const int Samples = 128;
    private static readonly string[] Classes = ["QPSK", "noise"];
    private readonly CaptureFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static DataSettings Settings(string set, string root, int train = 8, int validation = 2, int test = 2) => new()
    {
        Set = set, Channel = null, Transform = "moments", InputBits = 8, Seed = 1, Samples = Samples, Classes = Classes,
        Train = train, Validation = validation, Test = test, Folder = root, Type = set == "raw-iq" ? "ci8" : null, Rate = set == "raw-iq" ? 1e6 : null,
    };

    private void Write(string set, int recordings = 6, int bursts = 2)
    {
        for (int i = 0; i < 2 * recordings; i++)
        {
            float[] noise = CaptureFolder.Noise((bursts * Samples) + 50, 100 + i);
            string name = $"{Classes[i % 2]}/{i:D2}";
            _ = set switch
            {
                "sigmf" => folder.Sigmf(name, noise, "ci8", [(25, bursts * Samples, Classes[i % 2])]),
                "npy" => folder.Npy(name + ".npy", "|i1", $"{noise.Length / 2}, 2", CaptureFolder.Bytes(noise, "ci8")),
                _ => folder.Raw(name, noise, "ci8"),
            };
        }
    }

    [Theory]
    [InlineData("sigmf")]
    [InlineData("raw-iq")]
    [InlineData("npy")]
    public void The_three_parts_share_no_recording_and_hold_every_class(string set)
    {
        Write(set);
        var recordings = new HashSet<string>();
        foreach (DataSplit split in Enum.GetValues<DataSplit>())
        {
            var source = (CaptureFrameSource)DataSplits.Source(Settings(set, folder.Root), split);
            HashSet<string> own = [.. Enumerable.Range(0, source.Count).Select(i => source.Origin(i).Recording)];
            Assert.Empty(own.Intersect(recordings));
            recordings.UnionWith(own);
            Assert.Equal([source.Count / 2, source.Count / 2], Enumerable.Range(0, source.Count).CountBy(source.Label).OrderBy(p => p.Key).Select(p => p.Value));
            Assert.All(Enumerable.Range(0, source.Count), i => Assert.StartsWith(Classes[source.Label(i)] + "/", source.Origin(i).Recording, StringComparison.Ordinal));
            Assert.Contains("split by whole recordings", source.Description, StringComparison.Ordinal);
        }
    }

    /// <summary>Straight from the numbers in the file: unit power, x, x^2, x^4, clip, grid.</summary>
    [Fact]
    public void A_frame_is_the_burst_of_unit_power_through_transform_clip_and_grid()
    {
        Write("raw-iq");
        var source = (CaptureFrameSource)DataSplits.Source(Settings("raw-iq", folder.Root), DataSplit.Train);
        byte[] re = new byte[3 * Samples], im = new byte[3 * Samples];
        for (int i = 0; i < source.Count; i++)
        {
            source.FillIntegers(i, re, im);
            (string name, long start) = source.Origin(i);
            sbyte[] raw = [.. File.ReadAllBytes(folder.File(name)).Select(b => (sbyte)b)];
            double power = 0;
            for (long n = start; n < start + Samples; n++)
            {
                power += ((raw[2 * n] * raw[2 * n]) + (raw[(2 * n) + 1] * raw[(2 * n) + 1])) / (double)Samples;
            }

            for (int n = 0; n < Samples; n++)
            {
                var x = new System.Numerics.Complex(raw[2 * (start + n)], raw[(2 * (start + n)) + 1]) / Math.Sqrt(power);
                System.Numerics.Complex[] moments = [x / 1.7, x * x / 3.2, x * x * x * x / 12];
                for (int c = 0; c < 3; c++)
                {
                    Assert.Equal(Grid(moments[c].Real), re[(c * Samples) + n], 0.51);
                    Assert.Equal(Grid(moments[c].Imaginary), im[(c * Samples) + n], 0.51);
                }
            }
        }

        static double Grid(double x) => (Math.Clamp(x, -1, 1) + 1) / 2 * 255;
    }

    [Fact]
    public void Contents_names_and_counts_change_the_fingerprint_the_folder_does_not()
    {
        Write("sigmf");
        string Text(string root, int train = 8) => DataSplits.Source(Settings("sigmf", root, train), DataSplit.Train).Configuration;
        string first = Text(folder.Root);
        Assert.Equal(first, Text(folder.Root));
        Assert.NotEqual(first, Text(folder.Root, 6));
        Assert.DoesNotContain(folder.Root, first, StringComparison.Ordinal);
        folder.Sigmf("QPSK/00", CaptureFolder.Noise(400, 7), "ci8", [(0, 256, "QPSK")]);
        Assert.NotEqual(first, Text(folder.Root));
    }

    [Fact]
    public void One_recording_is_split_by_segments_that_share_no_sample()
    {
        folder.Sigmf("one", CaptureFolder.Noise(80 * Samples, 3), "ci16_le", [(0, 40 * Samples, "QPSK"), (40 * Samples, null, "noise")]);
        var starts = new HashSet<long>();
        foreach (DataSplit split in Enum.GetValues<DataSplit>())
        {
            var source = (CaptureFrameSource)DataSplits.Source(Settings("sigmf", folder.Root, train: 56, validation: 10, test: 10), split);
            Assert.Contains("segments of recordings", source.Description, StringComparison.Ordinal);
            Assert.All(Enumerable.Range(0, source.Count), i => Assert.True(starts.Add(source.Origin(i).Start)));
        }

        InputException refused = Assert.Throws<InputException>(() => DataSplits.Source(Settings("sigmf", folder.Root, test: 11), DataSplit.Test));
        Assert.Contains("has 10 bursts (segments of recordings)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Listed_files_are_used_alone_and_must_lie_below_the_folder()
    {
        Write("sigmf");
        DataSettings settings = Settings("sigmf", folder.Root, train: 2, validation: 0, test: 0) with { Files = ["QPSK/00.sigmf-meta", "noise/01.sigmf-meta"] };
        Assert.Contains("2 recordings", ((CaptureFrameSource)DataSplits.Source(settings, DataSplit.Train)).Description, StringComparison.Ordinal);
        InputException refused = Assert.Throws<InputException>(() => DataSplits.Source(settings with { Files = ["../a", "/etc/passwd", "QPSK/00.sigmf-meta", "QPSK/00.sigmf-meta", "missing.sigmf-meta"] }, DataSplit.Train));
        Assert.Equal(["data.files[0]", "data.files[1]", "data.files[3]"], refused.Violations.Select(v => v.Place));
        Assert.Equal("data.files[0]", Assert.Single(Assert.Throws<InputException>(() => DataSplits.Source(Settings("raw-iq", folder.Root) with { Files = ["x.bin"] }, DataSplit.Train)).Violations).Place);
    }

    [Fact]
    public void Labels_rates_silence_and_short_runs_are_refused_with_the_file_all_at_once()
    {
        float[] half = CaptureFolder.Noise(3 * Samples, 4);
        Array.Clear(half, 2 * Samples, 2 * Samples);
        folder.Sigmf("a", CaptureFolder.Noise(300, 4), "ci8", [(0, 200, "QSPK")]);
        folder.Sigmf("b", CaptureFolder.Noise(300, 4), "ci8", []);
        folder.Sigmf("c", CaptureFolder.Noise(300, 4), "ci8", [(0, 200, "QPSK")], root => root["global"]!["core:sample_rate"] = 5);
        DataSettings settings = Settings("sigmf", folder.Root) with { Rate = 200_000 };
        Assert.Equal(["annotations[0]", "annotations", "global.core:sample_rate"], Refused(settings));
        folder.Sigmf("a", half, "ci8", [(0, 3 * Samples, "QPSK")]);
        folder.Sigmf("b", half[2..], "ci8", [(0, 127, "QPSK")]);
        folder.Sigmf("c", half[4..], "ci8", [(0, 128, "QPSK")]);
        InputException refused = Assert.Throws<InputException>(() => DataSplits.Source(settings, DataSplit.Train));
        Assert.Equal(["annotations[0]: samples 128 to 255 are 0", "annotations[0]: 127 samples"], refused.Violations.Select(v => $"{v.Place}: {v.Value}"));
        Assert.Equal(["a.sigmf-meta", "b.sigmf-meta"], refused.Violations.Select(v => Path.GetFileName(v.Source)));
    }

    [Fact]
    public void Folders_that_are_no_class_missing_classes_and_empty_sets_are_refused()
    {
        Write("raw-iq");
        folder.Raw("other/x", CaptureFolder.Noise(200, 1), "ci8");
        Assert.Equal(["data.classes"], Refused(Settings("raw-iq", folder.Root)));
        Assert.Equal(["data.classes", "data.folder"], Refused(Settings("raw-iq", folder.Root) with { Classes = ["QPSK", "noise", "missing"] }));
        Assert.Equal(["data.folder"], Refused(Settings("sigmf", folder.Root)));
        Assert.Equal(["data.folder"], Refused(Settings("npy", folder.File("none/x"))));
        using var links = new CaptureFolder();
        File.CreateSymbolicLink(links.File("QPSK/x"), folder.File("QPSK/00"));
        Directory.CreateDirectory(links.File("noise"));
        Assert.Equal(["file"], Refused(Settings("raw-iq", links.Root)));
    }

    /// <summary>Two recordings of six bursts leave validation and test without a burst.</summary>
    [Fact]
    public void A_class_without_bursts_in_a_part_that_is_asked_for_is_refused_with_class_part_and_remedy()
    {
        Write("npy", recordings: 2, bursts: 6);
        InputException refused = Assert.Throws<InputException>(() => DataSplits.Source(Settings("npy", folder.Root, train: 4), DataSplit.Train));
        Assert.Equal(
            ["data.validation: no burst of class QPSK", "data.validation: no burst of class noise", "data.test: no burst of class QPSK", "data.test: no burst of class noise"],
            refused.Violations.Select(v => $"{v.Place}: {v.Value}"));
        Assert.All(refused.Violations, v => Assert.Contains("12 bursts in 2 recordings, split by segments of recordings", v.Rule, StringComparison.Ordinal));
        Assert.All(refused.Violations, v => Assert.Contains($"write {v.Place} 0", v.Remedy, StringComparison.Ordinal));
        Assert.Equal(["data.test", "data.test"], Refused(Settings("npy", folder.Root, train: 4, validation: 0)));
        Assert.Equal(16, DataSplits.Source(Settings("npy", folder.Root, train: 16, validation: 0, test: 0), DataSplit.Train).Count);
    }

    [Fact]
    public void A_class_that_no_recording_has_is_refused()
    {
        Write("sigmf");
        InputException refused = Assert.Throws<InputException>(() => DataSplits.Source(Settings("sigmf", folder.Root) with { Classes = ["QPSK", "noise", "8PSK"] }, DataSplit.Validation));
        Assert.Equal(["data.train", "data.validation", "data.test"], refused.Violations.Select(v => v.Place));
        Assert.All(refused.Violations, v => Assert.Equal("no burst of class 8PSK", v.Value));
    }

    [Fact]
    public void A_class_with_one_recording_is_cut_and_the_other_stays_whole()
    {
        Write("sigmf");
        for (int i = 1; i < 12; i += 2)
        {
            File.Delete(folder.File($"noise/{i:D2}.sigmf-meta"));
        }

        folder.Sigmf("noise/long", CaptureFolder.Noise(40 * Samples, 5), "ci8", [(0, 40 * Samples, "noise")]);
        var recordings = new HashSet<string>();
        foreach (DataSplit split in Enum.GetValues<DataSplit>())
        {
            var source = (CaptureFrameSource)DataSplits.Source(Settings("sigmf", folder.Root), split);
            Assert.EndsWith("split by whole recordings, noise by segments of recordings", source.Description, StringComparison.Ordinal);
            HashSet<string> own = [.. Enumerable.Range(0, source.Count).Where(i => source.Label(i) == 0).Select(i => source.Origin(i).Recording)];
            Assert.NotEmpty(own);
            Assert.Empty(own.Intersect(recordings));
            recordings.UnionWith(own);
            Assert.Contains(Enumerable.Range(0, source.Count), i => source.Label(i) == 1);
        }
    }

    [Theory]
    [InlineData("sigmf")]
    [InlineData("raw-iq")]
    [InlineData("npy")]
    public void Copies_and_links_of_a_recording_are_refused_with_both_names(string set)
    {
        Write(set);
        string end = set switch { "sigmf" => ".sigmf-data", "npy" => ".npy", _ => string.Empty }, source = set == "sigmf" ? ".sigmf-meta" : end;
        File.Delete(folder.File($"noise/03{end}"));
        File.Copy(folder.File($"QPSK/00{end}"), folder.File($"noise/03{end}"));
        File.Delete(folder.File($"QPSK/04{end}"));
        File.CreateSymbolicLink(folder.File($"QPSK/04{end}"), folder.File($"QPSK/02{end}"));
        if (set == "sigmf")
        {
            File.Copy(folder.File("QPSK/00.sigmf-meta"), folder.File("noise/03.sigmf-meta"), overwrite: true);
            File.WriteAllText(folder.File("noise/03.sigmf-meta"), File.ReadAllText(folder.File("noise/03.sigmf-meta")).Replace("QPSK", "noise", StringComparison.Ordinal));
            File.Copy(folder.File("QPSK/02.sigmf-meta"), folder.File("QPSK/04.sigmf-meta"), overwrite: true);
        }

        InputException refused = Assert.Throws<InputException>(() => DataSplits.Source(Settings(set, folder.Root), DataSplit.Train));
        Assert.Equal([folder.File($"noise/03{source}"), folder.File($"QPSK/04{source}")], refused.Violations.Select(v => v.Source));
        Assert.Contains(folder.File($"QPSK/00{source}"), refused.Violations[0].Rule, StringComparison.Ordinal);
        Assert.Contains(folder.File($"QPSK/02{source}"), refused.Violations[1].Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_files_of_another_extension_and_folders_below_a_class_are_refused_by_name()
    {
        Write("raw-iq");
        Assert.Equal(8, DataSplits.Source(Settings("raw-iq", folder.Root), DataSplit.Train).Count);
        File.WriteAllText(folder.File("QPSK/.notes"), "not samples");
        Directory.CreateDirectory(folder.File(".cache/x"));
        Assert.Equal(8, DataSplits.Source(Settings("raw-iq", folder.Root), DataSplit.Train).Count);
        File.WriteAllText(folder.File("noise/README.txt"), "not samples!");
        folder.Raw("QPSK/more/20", CaptureFolder.Noise(300, 9), "ci8");
        InputException refused = Assert.Throws<InputException>(() => DataSplits.Source(Settings("raw-iq", folder.Root), DataSplit.Train));
        Assert.Equal([folder.File("QPSK/more"), folder.File("noise/README.txt")], refused.Violations.Select(v => v.Source));
        Assert.Contains("must have no extension", refused.Violations[1].Rule, StringComparison.Ordinal);
        Assert.All(refused.Violations, v => Assert.Contains("ove it", v.Remedy, StringComparison.Ordinal));
        string[] named = [.. Enumerable.Range(0, 12).Select(i => $"{Classes[i % 2]}/{i:D2}")];
        Assert.Equal(8, DataSplits.Source(Settings("raw-iq", folder.Root) with { Files = named }, DataSplit.Train).Count);
    }

    [Fact]
    public void No_burst_lies_across_the_start_of_a_capture_segment()
    {
        Write("sigmf");
        folder.Sigmf("QPSK/20", CaptureFolder.Noise(4 * Samples, 6), "ci8", [(0, 4 * Samples, "QPSK")],
            root => root["captures"] = System.Text.Json.Nodes.JsonNode.Parse($$"""[{"core:sample_start": 0}, {"core:sample_start": {{(2 * Samples) + 50}}}, {"core:sample_start": {{(3 * Samples) + 60}}}]"""));
        var starts = new List<long>();
        foreach (DataSplit split in Enum.GetValues<DataSplit>())
        {
            CaptureSet set = new(new("sigmf", folder.Root, null, null, null, Classes), Samples);
            starts.AddRange(set.Order(split, 1).Select(set.Burst).Where(burst => set.Recordings[burst.Recording].Name.Contains("20", StringComparison.Ordinal)).Select(burst => burst.Start));
        }

        Assert.Equal([0, Samples, (2 * Samples) + 50], starts.Order()); // the rest of 68 samples is no burst, and no fault beside one
    }

    private static string[] Refused(DataSettings settings) =>
        [.. Assert.Throws<InputException>(() => DataSplits.Source(settings, DataSplit.Train)).Violations.Select(v => v.Place)];
}
