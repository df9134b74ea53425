using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>One line buffer between its six channels.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Seed">Seed of layers and stimulus.</param>
/// <param name="Array">Lanes.</param>
/// <param name="Line">Window memory, taps of a read, buffers, reads in flight.</param>
/// <param name="WordChannels">Channels of a word of the frame buffer and of the activation buffer.</param>
/// <param name="CommandDepth">Beats of the command channel.</param>
/// <param name="ReadDepth">Beats of the request and reply channels.</param>
/// <param name="WindowDepth">Beats of the window channel.</param>
public sealed record LineBufferCase(
    string Name,
    long Seed,
    PeArrayDesign Array,
    LineBufferDesign Line,
    (int Frame, int Activation) WordChannels,
    int CommandDepth,
    int ReadDepth,
    int WindowDepth)
{
    /// <summary>Reads of one plane at most, in random layers.</summary>
    public const int MaxSteps = 24;

    /// <summary>Output groups at most.</summary>
    public const int MaxGroups = 4;

    /// <summary>Window words of a plane at most.</summary>
    public const int MaxWords = 24;

    /// <summary>Largest kernel side, and kernel columns of one read.</summary>
    public const int MaxKernel = 3;

    private const int MaxPlanes = 3;
    private const int MaxSide = 6;

    /// <summary>Channels of the wider buffer word.</summary>
    public int WidestWord => Math.Max(WordChannels.Frame, WordChannels.Activation);

    /// <summary>
    /// Random geometries; the first is one lane of everything, the second completes many words per read, the third less than one, the
    /// fourth has more pixels than many maps.
    /// </summary>
    public static IReadOnlyList<LineBufferCase> Random(long seed, int count)
    {
        StimulusRandom random = new(seed);
        List<LineBufferCase> cases = [];
        for (int g = 0; g < count; g++)
        {
            int outputs = g == 0 ? 1 : random.Between(1, 4);
            int pixels = g switch { 0 => 1, 3 => 9, _ => random.Between(1, 5) };
            int inputs = g switch { 0 or 1 => 1, 2 => 24, _ => random.Between(1, 12) };
            (int Frame, int Activation) words = g == 0 ? (1, 1) : (1 << random.Between(0, 2), 1 << random.Between(0, 3));
            PeArrayDesign array = new() { OutputLanes = outputs, PixelLanes = pixels, InputLanes = inputs, Kind = PeKind.Two, PipelineDepth = 1 };
            LineBufferDesign line = new()
            {
                WindowWords = MaxPlanes * MaxWords,
                GroupTaps = random.Between(Math.Max(words.Frame, words.Activation), 16),
                Buffers = random.Between(2, 3),
                ReadsInFlight = random.Between(1, 5),
            };
            cases.Add(new LineBufferCase($"line-buffer-{g:d2}", random.Fork(), array, line, words, random.Between(1, 2), random.Between(1, 3), random.Between(1, 3)));
        }

        return cases;
    }

    /// <summary>A random layer that fits: of the frame buffer or the activation buffer, dense, column-pruned or with blocks left out.</summary>
    public LayerPlan Layer(StimulusRandom random)
    {
        while (true)
        {
            LayerPlan? plan = Plan(Convolution(random), random.Between(0, 1) == 0, random.Between(1, MaxPlanes));
            if (plan is not null)
            {
                return plan;
            }
        }
    }

    private LayerPlan? Plan(ConvolutionLayer layer, bool readsFrame, int planes)
    {
        MapShape map = layer.ConvolutionShape;
        if (map.Height < 1 || map.Width < 1)
        {
            return null;
        }

        int channels = layer.InputShape.Channels;
        int word = readsFrame ? WordChannels.Frame : WordChannels.Activation;
        int run = channels > word ? 1 : Math.Clamp(Line.GroupTaps / channels, 1, layer.KernelWidth);
        int words = CeilDiv(layer.Taps, Array.InputLanes);
        int groups = CeilDiv(layer.OutputChannels, Array.OutputLanes);
        LayerPlan plan = BlockLayer.Of(layer.Name, Array, map) with
        {
            Input = layer.InputShape,
            KernelHeight = layer.KernelHeight,
            KernelWidth = layer.KernelWidth,
            StrideY = layer.StrideY,
            StrideX = layer.StrideX,
            PaddingY = layer.PaddingY,
            PaddingX = layer.PaddingX,
            ReadsFrame = readsFrame,
            Planes = readsFrame ? planes : 1,
            Taps = layer.Taps,
            Words = words,
            Groups = groups,
            SourceWordChannels = word,
            SourceWordsPerPixel = CeilDiv(channels, word),
            Steps = WindowSteps.Of(layer, word, run),
            Sent = WordLists.Of(layer.Weights, groups, words, Array.OutputLanes, Array.InputLanes),
        };
        return plan.Steps.Count <= MaxSteps && groups <= MaxGroups && words <= MaxWords ? plan : null;
    }

    private ConvolutionLayer Convolution(StimulusRandom random)
    {
        MapShape input = new(random.Between(1, MaxSide), random.Between(1, MaxSide), random.Between(1, 10));
        int height = random.Between(1, MaxKernel);
        int width = random.Between(1, MaxKernel);
        int outputs = random.Between(1, 3 * Array.OutputLanes);
        int dense = height * width * input.Channels;
        int[]? kept = random.Between(0, 2) == 0 ? Kept(random, dense) : null;
        int taps = kept?.Length ?? dense;
        byte[]? mask = random.Between(0, 2) == 0 ? Mask(random, outputs, taps) : null;
        byte[] bits = new byte[outputs * ((taps + 7) / 8)];
        FoldedNorm norm = FoldedNorm.Threshold(new long[2 * outputs], new byte[2 * outputs]);
        return new ConvolutionLayer(
            "line", Network.InputName, input, outputs, height, width, random.Between(1, 3), random.Between(1, 3), random.Between(0, height - 1), random.Between(0, width - 1),
            1, 1, norm, new QuadrantTensor(outputs, taps, bits, bits, mask)) { KeptTaps = kept };
    }

    /// <summary>Rising taps, at least one.</summary>
    private static int[] Kept(StimulusRandom random, int taps)
    {
        int share = random.Between(1, 7);
        List<int> kept = [];
        for (int t = 0; t < taps; t++)
        {
            if (random.Between(0, 7) < share)
            {
                kept.Add(t);
            }
        }

        return kept.Count > 0 ? [.. kept] : [random.Between(0, taps - 1)];
    }

    /// <summary>Mask bits in runs, so that whole blocks are empty now and then.</summary>
    private static byte[] Mask(StimulusRandom random, int rows, int taps)
    {
        int rowBytes = (taps + 7) / 8;
        byte[] bytes = new byte[rows * rowBytes];
        bool kept = true;
        for (int i = 0; i < 8 * bytes.Length; i++)
        {
            kept = random.Between(0, 5) == 0 ? !kept : kept;
            bytes[i / 8] |= (byte)(kept ? 1 << (i % 8) : 0);
        }

        return bytes;
    }

    private static int CeilDiv(int a, int b) => (a + b - 1) / b;
}
