using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;

namespace BcnnSim.Trainer.Commands;

/// <summary>
/// Cuts captures into bursts and packs them as a network takes them. Labelled annotations are packed where there are any, otherwise the
/// whole capture; a label that is no class of the network packs as unknown.
/// </summary>
internal sealed class CapturePacker
{
    // A frame set is held in memory.
    private const long MostBytes = 1L << 30;

    private readonly Network network;
    private readonly BurstGrid grid;
    private readonly FrameShape shape;
    private readonly List<Frame> frames = [];
    private int silent;

    public CapturePacker(Network network, string folder)
    {
        this.network = network;
        shape = new FrameShape(network.Input);
        if (!BurstTransforms.Names.Contains(network.Input.Transform))
        {
            throw new InputException(folder, "input.transform", network.Input.Transform, $"must be one of {string.Join(", ", BurstTransforms.Names)}: only those take samples", "Name a network for radio bursts");
        }

        grid = new(BurstTransforms.Create(network.Input.Transform, network.Input.TransformParameters), network.Input.InputBits);
        if (new FrameShape(grid.Transform.Shape.Height, grid.Transform.Shape.Width, grid.Transform.Shape.Channels, grid.Bits) != shape)
        {
            throw new InputException(folder, "input", $"{shape}", $"must be the {grid.Transform.Shape} that its transform {network.Input.Transform} makes", "Export the network again");
        }
    }

    public Networks.FrameSet Frames => new(shape, frames);

    /// <summary>Packs the captures in their order, at most <paramref name="most"/> frames in all.</summary>
    /// <exception cref="InputException">A capture without a whole burst, or too many frames.</exception>
    public void Add(IReadOnlyList<Recording> captures, int most)
    {
        Recording[] recordings = [.. captures.Select(WithRuns)];
        int samples = grid.Transform.Samples;
        var refusals = new Refusals();
        foreach (Recording recording in recordings)
        {
            foreach (SampleRun run in recording.WithoutBurst(samples))
            {
                refusals.Try(() => throw new InputException(recording.Source, run.Place, $"{run.Count} samples", $"must hold at least one burst of {samples}, as the network takes them", "Lengthen or unlabel it"));
            }
        }

        long all = recordings.SelectMany(recording => recording.Runs).Sum(run => run.Count / samples);
        long bytes = Math.Min(all, most) * shape.FrameBytes;
        refusals.Flag(bytes <= MostBytes, "--count", $"{all} frames", $"must leave at most {MostBytes >> 20} MiB of frames, these are {bytes >> 20}", "Ask for fewer frames, or cut the capture");
        refusals.Throw();
        foreach (Recording recording in recordings)
        {
            foreach (SampleRun run in recording.Runs)
            {
                Add(recording.Samples, run, most);
            }
        }
    }

    public string Summary(string path)
    {
        int unknown = frames.Count(frame => frame.Label < 0);
        return $"{path}: {frames.Count} frames of {grid.Transform.Samples} samples by {network.Input.Transform}, {frames.Count - unknown} with a class of {network.Name}, {unknown} unknown, {silent} without power";
    }

    private static Recording WithRuns(Recording recording) => recording.Runs.Count > 0
        ? recording
        : recording with { Runs = [.. new SampleRun(0, recording.Samples.Samples, null, "samples").CutAt(recording.Segments)] };

    private void Add(SampleFile file, SampleRun run, int most)
    {
        int samples = grid.Transform.Samples;
        int label = network.Classes.TakeWhile(name => name != run.Label).Count();
        double[] re = new double[samples], im = new double[samples];
        byte[] mapRe = new byte[shape.Values], mapIm = new byte[shape.Values];
        for (long start = run.Start; start + samples <= run.Start + run.Count && frames.Count < most; start += samples)
        {
            silent += BurstReader.Read(file, start, re, im) ? 0 : 1;
            grid.Integers(re, im, mapRe, mapIm);
            frames.Add(Frame.FromComponents(shape, ExportFramesCommand.Interleave(mapRe, shape), ExportFramesCommand.Interleave(mapIm, shape), label < network.Classes.Count ? label : -1));
        }
    }
}
