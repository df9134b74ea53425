using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>A SigMF recording: NAME.sigmf-meta with the samples beside it in NAME.sigmf-data. Labelled annotations become
/// runs, cut where a capture segment begins: there the receiver was tuned anew or lost samples.</summary>
internal static class SigmfFile
{
    public const string Extension = ".sigmf-meta";

    private const string DataExtension = ".sigmf-data";

    /// <exception cref="InputException">Every broken rule of the description, or of the samples.</exception>
    public static Recording Read(string path, string name)
    {
        if (!path.EndsWith(Extension, StringComparison.Ordinal))
        {
            throw new InputException(path, "file", Path.GetFileName(path), $"must be a {Extension} file", "Name the description beside the samples; unpack a .sigmf archive with tar xf");
        }

        SigmfMetadata metadata = SigmfMetadata.Read(path);
        string data = path[..^Extension.Length] + DataExtension;
        long samples = RawFile.WholeSamples(data, metadata.Layout);
        IReadOnlyList<SampleRun> runs = Runs(path, metadata, samples);
        SampleFile file = SampleFile.Open(data, metadata.Layout with { RowSamples = samples }, samples);
        return metadata.Sha512 is null || metadata.Sha512 == file.Sha512
            ? new(name, path, file, metadata.Rate, runs) { Segments = metadata.Captures }
            : throw new InputException(data, "SHA-512", file.Sha512, $"must be {metadata.Sha512}, global.core:sha512 of {Path.GetFileName(path)}", "The samples were changed or cut: copy the recording again");
    }

    private static List<SampleRun> Runs(string path, SigmfMetadata metadata, long samples)
    {
        var violations = new ViolationList(path);
        foreach ((long start, int i) in metadata.Captures.Select((start, i) => (start, i)).Where(capture => capture.start >= samples))
        {
            violations.Add($"captures[{i}].core:sample_start", $"{start}", $"must lie in the {samples} samples of the dataset", "The dataset is truncated, or the segment is wrong");
        }

        var runs = new List<SampleRun>();
        foreach (SigmfAnnotation annotation in metadata.Annotations)
        {
            // Without a count an annotation lasts to the end of its capture segment.
            int next = metadata.Captures.BinarySearch(annotation.Start) is int found && found < 0 ? ~found : found + 1;
            long end = next < metadata.Captures.Count ? metadata.Captures[next] : samples;
            long count = annotation.Count ?? end - annotation.Start;
            if (annotation.Start >= samples || count > samples - annotation.Start)
            {
                violations.Add(annotation.Place, $"core:sample_start {annotation.Start}, core:sample_count {annotation.Count?.ToString() ?? "absent"}", $"must lie in the {samples} samples of the dataset", "The dataset is truncated, or the annotation is wrong");
            }
            else if (annotation.Label is not null)
            {
                runs.Add(new(annotation.Start, count, annotation.Label, annotation.Place));
            }
        }

        runs.Sort((a, b) => a.Start.CompareTo(b.Start));
        foreach ((SampleRun first, SampleRun second) in runs.Zip(runs.Skip(1)).Where(pair => pair.Second.Start < pair.First.Start + pair.First.Count))
        {
            violations.Add(second.Place, $"core:sample_start {second.Start}", $"must not overlap {first.Place}, which ends at {first.Start + first.Count}: a burst has one label", "Shorten one of them, or remove its core:label");
        }

        ViolationList.ThrowIfAny(violations);
        return [.. runs.SelectMany(run => run.CutAt(metadata.Captures))];
    }
}
