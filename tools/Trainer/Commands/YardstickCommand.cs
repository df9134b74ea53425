using System.CommandLine;
using System.Globalization;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain yardstick: the cumulant classifier (no network; it is told the SNR) fitted on training, read once on test.</summary>
internal static class YardstickCommand
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var command = new Command("yardstick", "Accuracy by SNR of the cumulant classifier on the test set.");
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TrainerConfiguration? read = common.Read(parsed, refusals);
            refusals.Flag(read is not { Data.Test: 0 }, "--config", "data.test = 0", "must hold test frames", "Ask for test frames in data.test");
            refusals.Flag(read is not { Data: { IsImages: true } or { IsCaptures: true } }, "--config", $"data.set = {read?.Data.Set}", "must be generated bursts: cumulants are a yardstick of modulation and need the SNR", "Use a configuration of iq-11");
            RunFolder folder = common.Made(parsed, refusals);
            refusals.Try(() => PhaseTable.Read(folder.TestUses));
            refusals.Throw();
            using var held = new RunLock(folder.Root);
            TrainerConfiguration configuration = read!;
            var train = (BurstFrameSource)DataSplits.Source(configuration.Data, DataSplit.Train);
            var classifier = CumulantClassifier.Fit(train.Generator, configuration.Data.Train, configuration.Threads);
            IReadOnlyDictionary<double, double> bySnr = classifier.AccuracyBySnr(train.Generator, DataSplit.Test, configuration.Data.Test, configuration.Threads);
            Report(folder, configuration, bySnr, parsed.InvocationConfiguration.Output);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Report(RunFolder folder, TrainerConfiguration configuration, IReadOnlyDictionary<double, double> bySnr, TextWriter output)
    {
        double mean = bySnr.Values.Average();
        PhaseTable.Write(
            folder.File("cumulants-by-snr.csv"),
            ["snrDb", "accuracy"],
            bySnr.OrderBy(pair => pair.Key).Select(pair => new[] { pair.Key.ToString("F0", CultureInfo.InvariantCulture), PhaseTable.Number(pair.Value) }));
        PhaseTable.Append(folder.TestUses,
        [
            ("phase", "cumulants"), ("reason", "yardstick of the accuracy-by-SNR table"), ("frames", $"{configuration.Data.Test}"), ("floatAccuracy", PhaseTable.Number(mean)),
            ("integerAccuracy", string.Empty), ("bitsDifferent", string.Empty), ("decisionsChanged", string.Empty),
        ]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cumulant classifier: {configuration.Data.Test} test bursts, {mean:P2}"));
    }
}
