using System.Security.Cryptography;
using System.Text;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>The user's recordings, cut into labelled bursts and split.</summary>
public sealed class CaptureSet
{
    private const string Whole = "whole recordings";
    private const string Cut = "segments of recordings";

    private readonly List<CaptureBurst> bursts = [];
    private readonly CaptureSplit split;

    /// <param name="files">Where they lie.</param>
    /// <param name="samples">Of one burst.</param>
    /// <exception cref="InputException">Every file, run or burst that cannot be used.</exception>
    public CaptureSet(CaptureFiles files, int samples)
    {
        (Files, Samples, Recordings) = (files, samples, files.Read());
        var found = new List<Violation>();
        for (int r = 0; r < Recordings.Count && found.Count < ViolationList.Limit; r++)
        {
            AddBursts(r, found);
        }

        if (found.Count > 0)
        {
            throw new InputException(found);
        }

        split = new(bursts, Recordings.Count, files.Classes.Count);
    }

    public CaptureFiles Files { get; }

    public int Samples { get; }

    public IReadOnlyList<Recording> Recordings { get; }

    /// <summary>How the parts were made, in words.</summary>
    public string SplitName
    {
        get
        {
            string[] cut = [.. Files.Classes.Where((_, k) => !split.Whole(k))];
            return cut.Length == 0 ? Whole : cut.Length == Files.Classes.Count ? Cut : $"{Whole}, {string.Join(", ", cut)} by {Cut}";
        }
    }

    /// <summary>Hash of names and contents.</summary>
    public string Hash()
    {
        string text = string.Join('\n', Recordings.Select(recording => $"{recording.Name} {recording.Samples.Sha512} {string.Join(' ', recording.Runs.Select(run => $"{run.Start}+{run.Count}:{run.Label}"))}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    /// <summary>Refuses a part that lacks a class: what it measures would leave the class out without a word.</summary>
    /// <exception cref="InputException">Every class without a burst in every part.</exception>
    public void RequireEveryClass(IEnumerable<DataSplit> parts)
    {
        var violations = new ViolationList("configuration");
        foreach (DataSplit part in parts)
        {
            string name = part.ToString().ToLowerInvariant();
            HashSet<int> held = [.. Enumerable.Range(0, bursts.Count).Where(i => split.Of(i) == part).Select(i => bursts[i].Label)];
            foreach (int k in Enumerable.Range(0, Files.Classes.Count).Where(k => !held.Contains(k)))
            {
                CaptureBurst[] all = [.. bursts.Where(burst => burst.Label == k)];
                violations.Add(
                    $"data.{name}",
                    $"no burst of class {Files.Classes[k]}",
                    $"every class must have bursts in the {name} part of {Files.Folder}; this one has {all.Length} bursts in {all.Select(burst => burst.Recording).Distinct().Count()} recordings, split by {(split.Whole(k) ? Whole : Cut)}",
                    $"Add recordings of it, three in all or one of {CaptureSplit.EveryPart} bursts or more; or write data.{name} 0, or remove the class");
            }
        }

        ViolationList.ThrowIfAny(violations);
    }

    /// <summary>Numbers of the bursts of a part; the first n of them are its stratified subset of n.</summary>
    internal int[] Order(DataSplit part, ulong seed)
    {
        int[][] classes = [.. Enumerable.Range(0, Files.Classes.Count).Select(k => Enumerable.Range(0, bursts.Count).Where(i => bursts[i].Label == k && split.Of(i) == part).ToArray())];
        return StratifiedOrder.Of(classes, k => new BurstRandom(seed, "capture order", part, k));
    }

    internal CaptureBurst Burst(int index) => bursts[index];

    private void AddBursts(int number, List<Violation> found)
    {
        Recording recording = Recordings[number];
        var violations = new ViolationList(recording.Source);
        double[] re = new double[Samples], im = new double[Samples];
        foreach (SampleRun run in recording.WithoutBurst(Samples))
        {
            violations.Add(run.Place, $"{run.Count} samples", $"must hold at least one burst of data.samples = {Samples}", "Lengthen or unlabel it, or use shorter bursts");
        }

        foreach (SampleRun run in recording.Runs)
        {
            int label = Files.Classes.TakeWhile(name => name != run.Label).Count();
            for (long start = run.Start; start + Samples <= run.Start + run.Count; start += Samples)
            {
                bursts.Add(new(number, start, label));
                if (!BurstReader.Read(recording.Samples, start, re, im))
                {
                    violations.Add(run.Place, $"samples {start} to {start + Samples - 1} are 0", "a burst must have power: it is brought to unit mean power", "Cut the silence out of the recording or of the annotation");
                }
            }
        }

        found.AddRange(violations.Items);
    }
}
