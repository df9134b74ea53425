using System.Text.Json.Nodes;
using BcnnSim.Trainer.Data.Captures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data.Captures;

public sealed class SigmfFileTests : IDisposable
{
    private const int Samples = 400;
    private static readonly float[] Noise = CaptureFolder.Noise(Samples, 1);
    private readonly CaptureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cf32_le")]
    [InlineData("ci16_le")]
    [InlineData("ci8")]
    public void Samples_and_labelled_annotations_are_read(string type)
    {
        Recording recording = SigmfFile.Read(folder.Sigmf("a", Noise, type, [(200, 150, "QPSK"), (10, 128, "BPSK"), (0, 5, null)]), "a");
        Assert.Equal([(10L, 128L, "BPSK", "annotations[1]"), (200, 150, "QPSK", "annotations[0]")], recording.Runs.Select(run => (run.Start, run.Count, run.Label!, run.Place)));
        Assert.Equal((Samples, 200_000.0), (recording.Samples.Samples, recording.Rate));
        double[] re = new double[3], im = new double[3];
        recording.Samples.Read(77, re, im);
        Assert.Equal([Noise[154], Noise[156], Noise[158]], re.Select(x => (float)x));
        Assert.Equal([Noise[155], Noise[157], Noise[159]], im.Select(x => (float)x));
    }

    /// <summary>Without a count an annotation lasts to the end of its capture segment.</summary>
    [Fact]
    public void An_annotation_without_count_ends_with_its_capture_segment()
    {
        string path = folder.Sigmf("a", Noise, "ci8", [(10, null, "A"), (300, null, "B")], root => root["captures"] = JsonNode.Parse("""[{"core:sample_start": 0}, {"core:sample_start": 250}]"""));
        Assert.Equal([(10L, 240L), (300, 100)], SigmfFile.Read(path, "a").Runs.Select(run => (run.Start, run.Count)));
        path = folder.Sigmf("b", Noise, "ci8", [(10, null, "A")], root => root["captures"] = new JsonArray());
        Assert.Equal(390, Assert.Single(SigmfFile.Read(path, "b").Runs).Count);
    }

    /// <summary>There the receiver was tuned anew: a burst across it would be of two signals.</summary>
    [Fact]
    public void An_annotation_is_cut_where_a_capture_segment_begins()
    {
        string path = folder.Sigmf("a", Noise, "ci8", [(0, 20, "A"), (20, 350, "B"), (370, null, "C")], root => root["captures"] = JsonNode.Parse("""[{"core:sample_start": 0}, {"core:sample_start": 20}, {"core:sample_start": 150}, {"core:sample_start": 250}, {"core:sample_start": 370}]"""));
        Recording recording = SigmfFile.Read(path, "a");
        Assert.Equal([(0L, 20L, "annotations[0]"), (20, 130, "annotations[1]"), (150, 100, "annotations[1]"), (250, 120, "annotations[1]"), (370, 30, "annotations[2]")], recording.Runs.Select(run => (run.Start, run.Count, run.Place)));
        Assert.Equal([("annotations[0]", 20L), ("annotations[2]", 30)], recording.WithoutBurst(128).Select(run => (run.Place, run.Count)));
    }

    [Theory]
    [InlineData("global", """{"core:datatype": "cf32_be", "core:version": "1.0.0"}""", "global.core:datatype", "big endian")]
    [InlineData("global", """{"core:datatype": "rf32_le", "core:version": "1.0.0"}""", "global.core:datatype", "must be cf32_le, ci16_le, ci8")]
    [InlineData("global", """{"core:datatype": 5, "core:version": "1.0.0"}""", "global.core:datatype", "string")]
    [InlineData("global", """{"core:version": "1.0.0"}""", "global.core:datatype", "missing key")]
    [InlineData("global", """{"core:datatype": "ci8"}""", "global.core:version", "missing key")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "2.0"}""", "global.core:version", "SigMF 1.x")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "1.0.0", "core:num_channels": 2}""", "global.core:num_channels", "one channel")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "1.0.0", "core:offset": 7}""", "global.core:offset", "begin at sample 0")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "1.0.0", "core:trailing_bytes": 1}""", "global.core:trailing_bytes", "samples only")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "1.0.0", "core:dataset": "../x"}""", "global.core:dataset", "same name")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "1.0.0", "core:metadata_only": true}""", "global.core:metadata_only", "without samples")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "1.0.0", "core:extensions": [{"name": "x", "optional": false}]}""", "global.core:extensions", "optional")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "1.0.0", "core:sample_rate": -1}""", "global.core:sample_rate", "above 0")]
    [InlineData("global", """{"core:datatype": "ci8", "core:version": "1.0.0", "core:sha512": "abc"}""", "global.core:sha512", "128 hexadecimal digits")]
    [InlineData("global", "[]", "root.global", "object")]
    [InlineData("captures", """[{"core:sample_start": 400}]""", "captures[0].core:sample_start", "400 samples of the dataset")]
    [InlineData("captures", """[{"core:sample_start": 5}, {"core:sample_start": 5}]""", "root.captures", "must rise")]
    [InlineData("captures", """[{"core:sample_start": 0, "core:header_bytes": 8}]""", "captures[0].core:header_bytes", "samples only")]
    [InlineData("captures", """[7]""", "captures[0]", "object")]
    [InlineData("captures", """{}""", "root.captures", "array")]
    [InlineData("annotations", """[{"core:sample_start": 300, "core:sample_count": 101}]""", "annotations[0]", "400 samples of the dataset")]
    [InlineData("annotations", """[{"core:sample_start": 400}]""", "annotations[0]", "400 samples of the dataset")]
    [InlineData("annotations", """[{"core:sample_start": 1, "core:sample_count": 9223372036854775807}]""", "annotations[0]", "400 samples of the dataset")]
    [InlineData("annotations", """[{"core:sample_start": -1}]""", "annotations[0].core:sample_start", "whole number")]
    [InlineData("annotations", """[{"core:sample_start": 1.5}]""", "annotations[0].core:sample_start", "whole number")]
    [InlineData("annotations", """[{"core:sample_start": 0, "core:sample_count": 0}]""", "annotations[0].core:sample_count", "whole number")]
    [InlineData("annotations", """[{"core:sample_start": 0, "core:label": 1}]""", "annotations[0].core:label", "string")]
    [InlineData("annotations", """[{"core:sample_start": 0, "core:sample_count": 10, "core:label": "a"}, {"core:sample_start": 9, "core:sample_count": 10, "core:label": "b"}]""", "annotations[1]", "must not overlap annotations[0]")]
    public void A_broken_description_is_refused_with_file_field_rule_and_remedy(string key, string value, string place, string rule)
    {
        string path = folder.Sigmf("a", Noise, "ci8", [], root => root[key] = JsonNode.Parse(value));
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => SigmfFile.Read(path, "a")).Violations, v => v.Place == place);
        Assert.Equal(path, violation.Source);
        Assert.Contains(rule, violation.Rule, StringComparison.Ordinal);
        Assert.NotEmpty(violation.Remedy);
    }

    [Fact]
    public void Every_broken_rule_is_reported_at_once()
    {
        string path = folder.Sigmf("a", Noise, "ci8", [(-1, 0, "x")], root => root["global"]!["core:datatype"] = "cf64_le");
        Assert.Equal(["global.core:datatype", "annotations[0].core:sample_start", "annotations[0].core:sample_count"], Assert.Throws<InputException>(() => SigmfFile.Read(path, "a")).Violations.Select(v => v.Place));
    }

    [Fact]
    public void Truncated_changed_missing_and_other_files_are_refused()
    {
        string path = folder.Sigmf("a", Noise, "cf32_le", []), data = folder.File("a.sigmf-data");
        byte[] bytes = File.ReadAllBytes(data);
        Refused(bytes[..^1], "length");
        Refused([], "length");
        Refused(bytes[..^8], "SHA-512");
        Refused([(byte)(bytes[0] ^ 1), .. bytes[1..]], "SHA-512");
        Refused([.. bytes[..80], 0, 0, 0x80, 0x7F, .. bytes[84..]], "sample 10");
        File.Delete(data);
        Assert.Equal(data, Refused(null, "file").Source);
        Assert.Contains("tar xf", Assert.Throws<InputException>(() => SigmfFile.Read(data, "a")).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => SigmfFile.Read(folder.File("none.sigmf-meta"), "a"));

        Violation Refused(byte[]? content, string place)
        {
            if (content is not null)
            {
                File.WriteAllBytes(data, content);
            }

            Violation violation = Assert.Single(Assert.Throws<InputException>(() => SigmfFile.Read(path, "a")).Violations);
            Assert.Equal((data, place), (violation.Source, violation.Place));
            return violation;
        }
    }
}
