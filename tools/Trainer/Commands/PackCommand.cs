using System.CommandLine;
using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain pack: the user's captures, through the transform of an exported network, as frames that bcnnsim run reads.</summary>
internal static class PackCommand
{
    /// <summary>Key in the provenance of a network: samples per second of what it was trained on.</summary>
    public const string RateKey = "sampleRate";

    public static Command Build()
    {
        var network = new Option<string>("--network") { Description = "Folder of the network; its transform, clip and grid make the frames.", Required = true };
        var input = new Option<string[]>("--input") { Description = "Captures: .sigmf-meta, .npy, or raw samples with --type and --rate.", Required = true, AllowMultipleArgumentsPerToken = true };
        var output = new Option<string>("--output") { Description = "File to write, .bcnnframes.", Required = true };
        var type = new Option<string?>("--type") { Description = $"Of raw samples: {string.Join(", ", SampleLayout.TypeNames)}." };
        var rate = new Option<double?>("--rate") { Description = "Samples per second of raw samples or of an .npy file." };
        var count = new Option<int?>("--count") { Description = "First frames to pack; all if not given." };
        var command = new Command("pack", "Packs captures of one's own for a network: bcnntrain pack --network models/networks/cc-iq --input capture.sigmf-meta --output my.bcnnframes") { network, input, output, type, rate, count };
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            string path = parsed.GetRequiredValue(output);
            string folder = parsed.GetRequiredValue(network);
            Network? made = refusals.Try(() => NetworkFile.Read(folder));
            CapturePacker? packer = made is null ? null : refusals.Try(() => new CapturePacker(made, folder));
            CaptureInputs inputs = new(parsed.GetValue(type), parsed.GetValue(rate));
            List<Recording> recordings = inputs.Read(parsed.GetRequiredValue(input), refusals);
            int? most = parsed.GetValue(count);
            refusals.Flag(most is null or > 0, "--count", $"{most}", "must be at least 1", "Leave it out for all frames");
            refusals.Try(() => OutputPlace.CheckFile("--output", path));
            refusals.Throw();
            Pack(made!, packer!, recordings, most, path, parsed.InvocationConfiguration.Output);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Pack(Network network, CapturePacker packer, List<Recording> recordings, int? most, string path, TextWriter output)
    {
        packer.Add(recordings, most ?? int.MaxValue);
        FrameFile.Write(path, packer.Frames);
        output.WriteLine(packer.Summary(path));
        string trained = network.Provenance.TryGetValue(RateKey, out string? rate) ? rate
            : network.Provenance.TryGetValue("channel", out string? channel) && ChannelPresets.Names.Contains(channel)
                ? ChannelPresets.Named(channel).SampleRate.Value.ToString("R", CultureInfo.InvariantCulture) : "unknown";
        foreach (Recording recording in recordings)
        {
            string own = recording.Rate?.ToString("R", CultureInfo.InvariantCulture) ?? "unknown";
            output.WriteLine($"{recording.Source}: {own} samples/s, the network was trained at {trained}; nothing is resampled: a symbol must span as many samples as it did in training");
        }
    }
}
