using System.CommandLine;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain export-frames: the first frames of a split, packed for the simulator.</summary>
internal static class ExportFramesCommand
{
    private const int Usual = 512;

    public static Command Build()
    {
        var configuration = new Option<string>("--config") { Description = "Training configuration, JSON.", Required = true };
        var output = new Option<string>("--output") { Description = "File to write, .bcnnframes.", Required = true };
        var count = new Option<int?>("--count") { Description = "Frames; left out: 512, or all of a smaller split." };
        var split = new Option<string>("--split") { Description = "train, validation or test.", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("train", "validation", "test");
        var network = new Option<string?>("--network") { Description = "Folder of the exported network whose learned imaginary part is packed; asked for by learned-imaginary, not used otherwise." };
        var command = new Command("export-frames", "Packs frames for the simulator.") { configuration, output, count, split, network };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(output);
            var refusals = new Refusals();
            TrainerConfiguration? read = refusals.Try(() => ConfigurationFile.Read(parsed.GetRequiredValue(configuration)));
            IFrameSource? source = read is null ? null : refusals.Try(() => DataSplits.Source(read.Data, Enum.Parse<DataSplit>(parsed.GetRequiredValue(split), ignoreCase: true)));
            source = source is null ? null : refusals.Try(() => WithImaginary(source, parsed.GetValue(network)));
            int most = source?.Count ?? int.MaxValue, frames = parsed.GetValue(count) ?? Math.Min(Usual, most);
            refusals.Flag(most > 0, "--split", parsed.GetRequiredValue(split), "has no frames in this configuration", "Name another split, or give data frames for it");
            refusals.Flag(most == 0 || (frames >= 1 && frames <= most), "--count", $"{frames}", $"must lie in 1..{most}", "Ask for frames that exist");
            refusals.Try(() => OutputPlace.CheckFile("--output", path));
            refusals.Throw();
            FrameFile.Write(path, Pack(source!, frames));
            parsed.InvocationConfiguration.Output.WriteLine($"{path}: {frames} frames, {new FileInfo(path).Length} bytes");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The source itself, or with the imaginary part of the network at <paramref name="folder"/> where its transform is learned.</summary>
    internal static IFrameSource WithImaginary(IFrameSource source, string? folder)
    {
        bool learned = source.TransformName == LearnedImaginary.TransformName;
        if (learned != folder is not null)
        {
            string rule = learned ? "must name the network: its learned imaginary part makes the frames" : "must be left out: no part of these frames is learned";
            throw new InputException("command line", "--network", folder ?? "absent", rule, "bcnntrain export writes the folder");
        }

        if (folder is null)
        {
            return source;
        }

        NetworkInput input = NetworkFile.Read(folder).Input;
        bool fits = new FrameShape(input) == new FrameShape(source.Height, source.Width, source.Channels, source.InputBits);
        return fits && input.Imaginary is { } transform
            ? new LearnedImaginarySource(source, transform)
            : throw new InputException(folder, "input", $"{new FrameShape(input)}, {input.Transform}", "must be the network of this configuration", "Export it with the same configuration");
    }

    /// <summary><paramref name="count"/> frames from <paramref name="first"/> on; the file wants [y][x][c], sources give [c][y][x].</summary>
    internal static Networks.FrameSet Pack(IFrameSource source, int count, int first = 0)
    {
        var shape = new FrameShape(source.Height, source.Width, source.Channels, source.InputBits);
        var frames = new List<Frame>();
        byte[] re = new byte[shape.Values], im = new byte[shape.Values];
        for (int i = first; i < first + count; i++)
        {
            source.FillIntegers(i, re, im);
            frames.Add(Frame.FromComponents(shape, Interleave(re, shape), Interleave(im, shape), source.Label(i), source.Tag(i)));
        }

        return new Networks.FrameSet(shape, frames);
    }

    internal static byte[] Interleave(byte[] planes, FrameShape shape)
    {
        var pixels = new byte[planes.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            pixels[(i % shape.Pixels * shape.Channels) + (i / shape.Pixels)] = planes[i];
        }

        return pixels;
    }
}
