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

    /// <summary>The attacked model's answers with their likelihood ratios; as they are where no models of LiRA are asked for, null when stopped.</summary>
    public (ModelAnswers Members, ModelAnswers Others)? Compared(ModelAnswers members, ModelAnswers others, CancellationToken stop)
    {
        if (references.Lira == 0)
        {
            return (members, others);
        }

        var found = new List<double[]>();
        for (int model = 0; model < references.Lira; model++)
        {
            TrainingSets sets = data.Lira(model);
            if (Answers("lira", model, sets, data.Own.Members, data.NonMembers, stop) is not { } answers)
            {
                return null;
            }

            found.Add(Scaled(ModelAnswers.Joined([answers.First, answers.Second])));
        }

        double[] ratios = LikelihoodRatio.Of(Scaled(ModelAnswers.Joined([members, others])), found, [.. Enumerable.Range(0, references.Lira).Select(data.Half)]);
        return (members with { LikelihoodRatios = ratios[..members.Count] }, others with { LikelihoodRatios = ratios[members.Count..] });
    }

    /// <summary>Shadow models' answers on what they learned and on what they did not; no answers where none are asked for, null when stopped.</summary>
    public (bool Finished, (ModelAnswers Members, ModelAnswers Others)? Answers) Shadows(CancellationToken stop)
    {
        List<ModelAnswers> members = [], others = [];
        for (int model = 0; model < references.Shadow; model++)
        {
            (TrainingSets sets, FrameStore outside) = data.Shadow(model);
            if (Answers("shadow", model, sets, sets.Members, outside, stop) is not { } answers)
            {
                return (false, null);
            }

            members.Add(answers.First);
            others.Add(answers.Second);
        }

        return (true, members.Count == 0 ? null : (ModelAnswers.Joined(members), ModelAnswers.Joined(others)));
    }

    private static double[] Scaled(ModelAnswers answers) => [.. Enumerable.Range(0, answers.Count).Select(answers.ScaledConfidence)];

    // On two sets; read where the model has answered before.
    private (ModelAnswers First, ModelAnswers Second)? Answers(string kind, int model, TrainingSets sets, FrameStore first, FrameStore second, CancellationToken stop)
    {
        string name = FormattableString.Invariant($"{kind}-{model}"), path = Path.Combine(folder.References(contender.Label, seed), name + ".ckpt"), own = $"{fingerprint} {name}";
        float[] firstLogits = new float[first.Count * first.Classes], secondLogits = new float[second.Count * second.Classes];
        if (File.Exists(path))
        {
            _ = Checkpoint.Read(path, own, [("first", firstLogits), ("second", secondLogits)]);
            return (new(firstLogits, [.. first.Labels], first.Classes), new(secondLogits, [.. second.Labels], second.Classes));
        }

        progress.Line(FormattableString.Invariant($"{contender.Label}, seed {seed}: model {name} of the attacker"));
        ulong drawn = (ulong)(new SeededStream(seed, $"{kind} model", (ulong)model).NextDouble() * (1UL << 53));
        using var trained = new DefendedTraining(settings, training, sets, contender, drawn, progress);
        string work = Directory.CreateDirectory(Path.Combine(folder.References(contender.Label, seed), name)).FullName;
        if ((contender.StartsFromDense && !trained.Dense(folder.Dense(seed, "-" + name), stop)) || !trained.Defend(work, stop))
        {
            return null;
        }

        (ModelAnswers First, ModelAnswers Second) answers = (trained.Answers(first), trained.Answers(second));
        Checkpoint.Write(path, own, new PhaseState(), [("first", answers.First.Logits), ("second", answers.Second.Logits)]);
        Directory.Delete(work, recursive: true);
        return answers;
    }
}
