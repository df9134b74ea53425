using BcnnSim.Design;
using BcnnSim.Networks;

namespace BcnnSim.Exploration;

/// <summary>What decides a claim: width of the first layer, input bits, clock; each changed alone, latency by the closed form.</summary>
public static class ClaimSensitivity
{
    private const string Basis = "closed form";
    private static readonly int[] Widths = [4, 12, 28, 124];
    private static readonly int[] Bits = [8, 4, 2, 1];
    private static readonly int[] Megahertz = [200, 250, 300];

    /// <param name="network">Measured network.</param>
    /// <param name="design">Named design.</param>
    /// <param name="outsideCycles">Cycles of a frame outside of layers, as simulated; taken as unchanged.</param>
    /// <param name="framesPerSecond">Claimed rate.</param>
    public static IReadOnlyList<SensitivityRow> Of(Network network, AcceleratorDesign design, long outsideCycles, double framesPerSecond)
    {
        long clock = design.Clocks.ArrayKilohertz;
        return
        [
            .. Values(Widths, network.Layers[0].OutputChannels).Select(v => Row("firstLayerWidth", v, v == network.Layers[0].OutputChannels, WithFirstWidth(network, v), clock)),
            .. Values(Bits, network.Input.InputBits).Select(v => Row("inputBits", v, v == network.Input.InputBits, network with { Input = network.Input with { InputBits = v } }, clock)),
            .. Values(Megahertz, (int)(clock / 1000)).Select(v => Row("clockMHz", v, v == clock / 1000, network, v * 1000L)),
        ];

        SensitivityRow Row(string parameter, int value, bool measured, Network changed, long kilohertz)
        {
            AcceleratorDesign fitting = new ArrayGeometry(design.PeArray.OutputLanes, design.PeArray.PixelLanes, design.PeArray.InputLanes).In(design, changed) with
            {
                PeArray = design.PeArray,
                Norm = design.Norm,
                Pool = design.Pool,
            };
            long? cycles = ClosedForm.Of(changed, fitting)?.Latency(outsideCycles);
            double? rate = kilohertz * 1000.0 / cycles;
            return new SensitivityRow(parameter, value, measured, cycles, rate, rate >= framesPerSecond, Basis);
        }
    }

    /// <summary>The fixed values and the measured one.</summary>
    private static IEnumerable<int> Values(int[] values, int measured) => values.Append(measured).Distinct().Order();

    /// <summary>
    /// First layer of another width, and with it the layers tied to it by residual adds and all that read them; weights are left out, the closed form
    /// reads shapes only.
    /// </summary>
    private static Network WithFirstWidth(Network network, int width)
    {
        HashSet<string> tied = new(StringComparer.Ordinal) { network.Layers[0].Name };
        List<ConvolutionLayer> layers = [];
        foreach (ConvolutionLayer layer in network.Layers)
        {
            if (layer.Residual is string residual && tied.Contains(residual))
            {
                tied.Add(layer.Name);
            }

            ConvolutionLayer changed = layer with
            {
                InputShape = tied.Contains(layer.Source) ? layer.InputShape with { Channels = width } : layer.InputShape,
                OutputChannels = tied.Contains(layer.Name) ? width : layer.OutputChannels,
            };
            layers.Add(changed with { KeptTaps = null, Weights = new QuadrantTensor(changed.OutputChannels, changed.Taps, [], [], null) });
        }

        return network with { Layers = layers };
    }
}
