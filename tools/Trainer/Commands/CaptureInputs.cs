using System.Globalization;
using BcnnSim.Trainer.Data.Captures;

namespace BcnnSim.Trainer.Commands;

/// <summary>Captures named on the command line; the ending of a name says what it is.</summary>
internal sealed class CaptureInputs(string? type, double? rate)
{
    /// <summary>Every capture that could be read; what could not goes to <paramref name="refusals"/>.</summary>
    public List<Recording> Read(IReadOnlyList<string> paths, Refusals refusals)
    {
        refusals.Flag(rate is null || (double.IsFinite(rate.Value) && rate > 0), "--rate", Text(rate), "must be a finite number above 0", "Give samples per second");
        if (type is not null && SampleLayout.Interleaved(type) is null)
        {
            (string rule, string remedy) = SampleLayout.Refusal(type);
            refusals.Flag(false, "--type", type, rule, remedy);
            return [];
        }

        bool raw = paths.Any(IsRaw);
        refusals.Flag(raw || type is null, "--type", type ?? "absent", "must be left out: the files say it", "Only raw samples need it");
        refusals.Flag(!paths.All(path => path.EndsWith(SigmfFile.Extension, StringComparison.Ordinal)) || rate is null, "--rate", Text(rate), "must be left out: the files say it", "Only raw samples and .npy files need it");
        refusals.Flag(!raw || type is not null, "--type", "absent", $"must be given for raw samples: {string.Join(", ", SampleLayout.TypeNames)}", "Nothing in a raw file says it");
        refusals.Flag(!raw || rate is not null, "--rate", "absent", "must be given for raw samples", "Nothing in a raw file says it");
        if (raw && (type is null || rate is null))
        {
            return [];
        }

        return [.. paths.Select(path => refusals.Try(() => Open(path))).OfType<Recording>()];
    }

    // .sigmf, .sigmf-data and .npz go to the readers that say what to name instead.
    private static bool IsSigmf(string path) => Path.GetExtension(path).StartsWith(".sigmf", StringComparison.Ordinal);

    private static bool IsNpy(string path) => Path.GetExtension(path) is NpyFile.Extension or ".npz" or ".pkl" or ".pickle";

    private static bool IsRaw(string path) => !IsSigmf(path) && !IsNpy(path);

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "absent";

    private Recording Open(string path)
    {
        string name = Path.GetFileName(path);
        return IsSigmf(path) ? SigmfFile.Read(path, name) : IsNpy(path) ? NpyFile.Read(path, name) with { Rate = rate } : RawFile.Read(path, name, type!, rate!.Value);
    }
}
