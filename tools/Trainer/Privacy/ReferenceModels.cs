using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>
/// An attacker's own models of one defence, each trained by its whole pipeline. What a model answers is kept until the row is finished, so that a row
/// that was cut off goes on behind the last whole model.
/// </summary>
internal sealed class ReferenceModels(
    PrivacySettings settings, TrainerConfiguration training, PrivacyData data, PrivacyFolder folder, PrivacyContender contender, ulong seed, string fingerprint, ProgressLine progress)
{
    private readonly ReferenceSettings references = settings.References ?? new() { Lira = 0, Shadow = 0 };
    private int answered;

    /// <summary>Models that answered; null where none were asked for.</summary>
    public int? Count => settings.References is null ? null : answered;

    /// <summary>The attacked model's answers with their likelihood ratios; as they are where too few models of LiRA are there for them, null when stopped.</summary>
    public (ModelAnswers Members, ModelAnswers Others)? Compared(ModelAnswers members, ModelAnswers others, CancellationToken stop)
    {
        List<double[]> found = [];
        List<bool[]> inside = [];
        for (int model = 0; model < references.Lira; model++)
        {
            (bool finished, (ModelAnswers First, ModelAnswers Second)? answers) = Answers("lira", model, data.Lira(model), data.Own.Members, data.NonMembers, stop);
            if (!finished)
            {
                return null;
            }

            if (answers is { } whole)
            {
                found.Add(Scaled(ModelAnswers.Joined([whole.First, whole.Second])));
                inside.Add(data.Half(model));
            }
        }

        if (!LikelihoodRatio.IsDefined(inside))
        {
            return (members, others);
        }

        double[] ratios = LikelihoodRatio.Of(Scaled(ModelAnswers.Joined([members, others])), found, inside);
        return (members with { LikelihoodRatios = ratios[..members.Count] }, others with { LikelihoodRatios = ratios[members.Count..] });
    }

    /// <summary>Shadow models' answers on what they learned and on what they did not; no answers where there are none, and not finished when stopped.</summary>
    public (bool Finished, (ModelAnswers Members, ModelAnswers Others)? Answers) Shadows(CancellationToken stop)
    {
        List<ModelAnswers> members = [], others = [];
        for (int model = 0; model < references.Shadow; model++)
        {
            (TrainingSets sets, FrameStore outside) = data.Shadow(model);
            (bool finished, (ModelAnswers First, ModelAnswers Second)? answers) = Answers("shadow", model, sets, sets.Members, outside, stop);
            if (!finished)
            {
                return (false, null);
            }

            if (answers is { } whole)
            {
                members.Add(whole.First);
                others.Add(whole.Second);
            }
        }

        return (true, members.Count == 0 ? null : (ModelAnswers.Joined(members), ModelAnswers.Joined(others)));
    }

    private static double[] Scaled(ModelAnswers answers) => [.. Enumerable.Range(0, answers.Count).Select(answers.ScaledConfidence)];

    // On two sets; read where the model has answered before, none of one that blows up: the attacker goes on without it.
    private (bool Finished, (ModelAnswers First, ModelAnswers Second)? Answers) Answers(string kind, int model, TrainingSets sets, FrameStore first, FrameStore second, CancellationToken stop)
    {
        string name = FormattableString.Invariant($"{kind}-{model}"), place = folder.References(contender.Label, seed, fingerprint), path = Path.Combine(place, name + ".ckpt");
        try
        {
            if (!File.Exists(path) && !Trained(kind, model, sets, (first, second), path, stop))
            {
                return (false, null);
            }
        }
        catch (DivergenceException diverged)
        {
            progress.Line(diverged.Message);
            return (true, null);
        }

        float[] firstLogits = new float[first.Count * first.Classes], secondLogits = new float[second.Count * second.Classes];
        _ = Checkpoint.Read(path, Own(name), [("first", firstLogits), ("second", secondLogits)]);
        answered++;
        return (true, (new(firstLogits, [.. first.Labels], first.Classes), new(secondLogits, [.. second.Labels], second.Classes)));
    }

    // Leaves its answers at path; false when stopped.
    private bool Trained(string kind, int model, TrainingSets sets, (FrameStore First, FrameStore Second) asked, string path, CancellationToken stop)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        progress.Line(FormattableString.Invariant($"{contender.Label}, seed {seed}: model {name} of the attacker"));
        ulong drawn = (ulong)(new SeededStream(seed, $"{kind} model", (ulong)model).NextDouble() * (1UL << 53));
        using var trained = new DefendedTraining(settings, training, sets, contender, drawn, progress);
        string work = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, name)).FullName;
        if ((contender.StartsFromDense && !trained.Dense(folder.Dense(seed, "-" + name), stop)) || !trained.Defend(work, stop))
        {
            return false;
        }

        Checkpoint.Write(path, Own(name), new PhaseState(), [("first", trained.Answers(asked.First).Logits), ("second", trained.Answers(asked.Second).Logits)]);
        Directory.Delete(work, recursive: true);
        return true;
    }

    private string Own(string name) => $"{fingerprint} {name}";
}
