using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>Where a set of the user's recordings lies and how its files are read.</summary>
/// <param name="Set">sigmf, raw-iq or npy.</param>
/// <param name="Folder">Folder of the files; of raw-iq and npy it holds one folder per class.</param>
/// <param name="Files">Relative to the folder; null = every file of the set's kind.</param>
/// <param name="Type">Of raw samples.</param>
/// <param name="Rate">Samples per second of raw samples; of SigMF what every recording must say, where given.</param>
/// <param name="Classes">In label order.</param>
public sealed record CaptureFiles(string Set, string Folder, IReadOnlyList<string>? Files, string? Type, double? Rate, IReadOnlyList<string> Classes)
{
    private const string Sigmf = "sigmf";
    private const string Npy = "npy";

    /// <summary>Of raw interleaved samples.</summary>
    public const string Raw = "raw-iq";

    /// <summary>Sets a configuration can name.</summary>
    public static IReadOnlyList<string> Names { get; } = [Sigmf, Raw, Npy];

    /// <summary>All recordings in the order of their names, every run labelled with a class.</summary>
    /// <exception cref="InputException">All violations of all files, up to a sensible number.</exception>
    public IReadOnlyList<Recording> Read()
    {
        var found = new List<Violation>();
        var recordings = new List<Recording>();
        foreach (string name in List(found))
        {
            try
            {
                recordings.Add(Checked(Open(name)));
            }
            catch (InputException refused)
            {
                found.AddRange(refused.Violations);
            }

            if (found.Count >= ViolationList.Limit)
            {
                break;
            }
        }

        CheckCopies(recordings, found);
        if (found.Count == 0 && recordings.Count == 0)
        {
            found.Add(new Violation("configuration", "data.folder", Folder, $"must hold {What}", "Name the folder of the recordings"));
        }

        return found.Count == 0 ? recordings : throw new InputException(found);
    }

    // Copies count as recordings of their own, and one could be trained on and the other tested with.
    private static void CheckCopies(List<Recording> recordings, List<Violation> found)
    {
        foreach (IGrouping<string, Recording> group in recordings.GroupBy(recording => recording.Samples.Sha512))
        {
            Recording first = group.First();
            foreach (Recording copy in group.Skip(1).Take(ViolationList.Limit))
            {
                found.Add(new Violation(copy.Source, "samples", $"SHA-512 {group.Key[..16]}...", $"must not be those of {first.Source}: a copy would be a recording of its own and could lie in another part of the split", "Remove one of the two, or name the recordings in data.files"));
            }
        }
    }

    private string What => Set switch { Sigmf => $"{SigmfFile.Extension} files", Npy => $"one folder per class with {NpyFile.Extension} files", _ => "one folder per class with files of samples" };

    private Recording Open(string name)
    {
        string path = Path.Combine(Folder, name);
        return Set switch
        {
            Sigmf => SigmfFile.Read(path, name),
            Npy => Labelled(NpyFile.Read(path, name)) with { Rate = Rate },
            _ => Labelled(RawFile.Read(path, name, Type!, Rate!.Value)),
        };
    }

    private static Recording Labelled(Recording recording) =>
        recording with { Runs = [.. recording.Runs.Select(run => run with { Label = recording.Name.Split('/')[0] })] };

    private Recording Checked(Recording recording)
    {
        var violations = new ViolationList(recording.Source);
        if (recording.Runs.Count == 0)
        {
            violations.Add("annotations", "no core:label", "a recording to learn from needs labelled annotations", "Label it, or leave it out of data.files");
        }

        foreach (SampleRun run in recording.Runs.Where(run => !Classes.Contains(run.Label!)))
        {
            violations.Add(run.Place, run.Label!, $"must be one of data.classes: {string.Join(", ", Classes)}", "Correct the label, or add it to data.classes");
        }

        if (Rate is { } rate && recording.Rate != rate)
        {
            violations.Add("global.core:sample_rate", $"{recording.Rate?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "absent"}", FormattableString.Invariant($"must be data.rate = {rate}"), "Resample the recording, or write data.rate null to mix rates");
        }

        ViolationList.ThrowIfAny(violations);
        return recording;
    }

    private IEnumerable<string> List(List<Violation> found)
    {
        try
        {
            return Files is not null ? Named(found) : Set == Sigmf ? Everywhere() : new ClassFolders(Folder, Classes, Set == Npy ? NpyFile.Extension : null, found).List();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            found.Add(new Violation("configuration", "data.folder", Folder, failure.Message.TrimEnd('.'), "Name the folder of the recordings"));
            return [];
        }
    }

    private IReadOnlyList<string> Named(List<Violation> found)
    {
        foreach ((string file, int i) in Files!.Select((file, i) => (file, i)))
        {
            string place = $"data.files[{i}]";
            string[] parts = file.Split('/');
            if (parts.Any(part => part is "" or "." or ".."))
            {
                found.Add(new Violation("configuration", place, ViolationList.Printable(file), "must be a path below data.folder, without . and ..", "Write it relative to data.folder"));
            }
            else if (Set != Sigmf && (parts.Length != 2 || !Classes.Contains(parts[0])))
            {
                found.Add(new Violation("configuration", place, ViolationList.Printable(file), "must be CLASS/FILE with a class of data.classes", "Sort the files into one folder per class"));
            }
            else if (Files!.Take(i).Contains(file))
            {
                found.Add(new Violation("configuration", place, ViolationList.Printable(file), "must not be named twice", "Remove one of the two"));
            }
        }

        return found.Count == 0 ? [.. Files!.Order(StringComparer.Ordinal)] : [];
    }

    private string[] Everywhere() =>
        [.. Directory.EnumerateFiles(Folder, "*" + SigmfFile.Extension, SearchOption.AllDirectories).Select(Relative).Order(StringComparer.Ordinal)];

    private string Relative(string path) => Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
