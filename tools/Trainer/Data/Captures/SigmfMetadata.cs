using System.Text.Json;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>
/// The part of a .sigmf-meta file (SigMF 1.x, github.com/sigmf/SigMF) that says how the samples are to be read and labelled. Keys of
/// other namespaces and descriptive ones are passed over, as the format asks; those that change the meaning of the samples are refused.
/// </summary>
internal sealed record SigmfMetadata(SampleLayout Layout, double? Rate, string? Sha512, List<long> Captures, IReadOnlyList<SigmfAnnotation> Annotations)
{
    private const int MaxBytes = 64 << 20;

    /// <exception cref="InputException">Every broken rule.</exception>
    public static SigmfMetadata Read(string path)
    {
        var violations = new ViolationList(path);
        byte[]? bytes = InputFile.ReadAll(path, MaxBytes, violations);
        using JsonDocument? document = bytes is null ? null : StrictJson.Parse(bytes, "text", violations);
        ViolationList.ThrowIfAny(violations);
        var root = new StrictObject(document!.RootElement, "root", violations);
        var global = new StrictObject(root.TryTake("global", JsonValueKind.Object, out JsonElement members) ? members : default, "global", violations);
        SampleLayout? layout = ReadLayout(global);
        double? rate = global.Has("core:sample_rate") ? Positive(global, "core:sample_rate") : null;
        string? hash = global.Has("core:sha512") ? Hash(global) : null;
        CheckGlobal(global);
        List<long> captures = [.. List(root, "captures").Select(Capture)];
        List<SigmfAnnotation> annotations = [.. List(root, "annotations").Select(Annotation)];
        if (!captures.Zip(captures.Skip(1)).All(pair => pair.First < pair.Second))
        {
            root.Refuse("captures", string.Join(' ', captures), "core:sample_start must rise", "Sort the capture segments");
        }

        ViolationList.ThrowIfAny(violations);
        return new(layout!, rate, hash, captures, annotations);
    }

    private static SampleLayout? ReadLayout(StrictObject global)
    {
        int before = global.Violations.Count;
        string type = global.Text("core:datatype");
        SampleLayout? layout = SampleLayout.Interleaved(type);
        if (layout is null && global.Violations.Count == before)
        {
            (string rule, string remedy) = SampleLayout.Refusal(type);
            global.Refuse("core:datatype", type, rule, remedy);
        }

        return layout;
    }

    private static double? Positive(StrictObject global, string key)
    {
        if (global.TryTake(key, JsonValueKind.Number, out JsonElement value) && !(value.TryGetDouble(out double rate) && double.IsFinite(rate) && rate > 0))
        {
            global.Refuse(key, value.GetRawText(), "must be a finite number above 0", "Write samples per second");
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double good) ? good : null;
    }

    private static string? Hash(StrictObject global)
    {
        int before = global.Violations.Count;
        string hash = global.Text("core:sha512");
        if (global.Violations.Count == before && (hash.Length != 128 || !hash.All(char.IsAsciiHexDigit)))
        {
            global.Refuse("core:sha512", hash, "must be 128 hexadecimal digits", "Write the SHA-512 of the .sigmf-data file, or leave the key out");
        }

        return hash.ToLowerInvariant();
    }

    private static void CheckGlobal(StrictObject global)
    {
        int before = global.Violations.Count;
        string version = global.Text("core:version");
        if (global.Violations.Count == before && !version.StartsWith("1.", StringComparison.Ordinal) && !version.StartsWith("0.0.", StringComparison.Ordinal))
        {
            global.Refuse("core:version", version, "must be SigMF 1.x or 0.0.x", "Convert the recording");
        }

        Only(global, "core:num_channels", 1, "one channel per recording is read", "Write one recording per channel");
        Only(global, "core:offset", 0, "the dataset must begin at sample 0", "Subtract the offset from every core:sample_start and remove the key");
        Only(global, "core:trailing_bytes", 0, "the dataset must hold samples only", "Cut the bytes behind the last sample");
        if (global.Has("core:dataset"))
        {
            global.Refuse("core:dataset", "present", "the samples must lie in the .sigmf-data file of the same name", "Rename the file and remove the key");
        }

        if (global.Has("core:metadata_only") && global.Flag("core:metadata_only"))
        {
            global.Refuse("core:metadata_only", "true", "a recording without samples cannot be read", "Get the .sigmf-data file and remove the key");
        }

        CheckExtensions(global);
    }

    // The format asks a reader to give up on an extension that its writer calls necessary.
    private static void CheckExtensions(StrictObject global)
    {
        if (!global.Has("core:extensions") || !global.TryTake("core:extensions", JsonValueKind.Array, out JsonElement list))
        {
            return;
        }

        foreach (JsonElement extension in list.EnumerateArray())
        {
            bool optional = extension.ValueKind == JsonValueKind.Object && extension.TryGetProperty("optional", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
            if (!optional)
            {
                global.Refuse("core:extensions", extension.GetRawText(), "no extension is known: each must be optional", "Convert the recording to plain SigMF");
            }
        }
    }

    private static void Only(StrictObject place, string key, long value, string rule, string remedy)
    {
        int before = place.Violations.Count;
        if (place.Has(key) && place.Long(key, 0, long.MaxValue) is long found && found != value && place.Violations.Count == before)
        {
            place.Refuse(key, $"{found}", rule, remedy);
        }
    }

    private static IEnumerable<StrictObject> List(StrictObject root, string key) => root.TryTake(key, JsonValueKind.Array, out JsonElement list)
        ? list.EnumerateArray().Select((item, i) => new StrictObject(item, $"{key}[{i}]", root.Violations))
        : [];

    private static long Capture(StrictObject segment)
    {
        Only(segment, "core:header_bytes", 0, "the dataset must hold samples only", "Cut the header and remove the key");
        return segment.Long("core:sample_start", 0, long.MaxValue);
    }

    private static SigmfAnnotation Annotation(StrictObject annotation) => new(
        annotation.Place, annotation.Long("core:sample_start", 0, long.MaxValue),
        annotation.Has("core:sample_count") ? annotation.Long("core:sample_count", 1, long.MaxValue) : null,
        annotation.Has("core:label") ? annotation.Text("core:label") : null);
}
