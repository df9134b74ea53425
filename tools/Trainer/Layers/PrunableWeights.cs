using System.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// The weights of one convolution as pruning sees them: views, nothing is copied. Effective weight = (sign or value) * gate.
/// Every array but the mask is [Cout, T] with tap t = (ky*Kw + kx)*Cin + c, and holds for real and complex layers alike.
/// </summary>
public sealed class PrunableWeights<T>(string name, ConvolutionShape shape, T[][] parts, T[][] gradients, T[] gate, T[] channelMask, bool binary)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>conv1, conv2, ...</summary>
    public string Name { get; } = name;

    public ConvolutionShape Shape { get; } = shape;

    /// <summary>One array of real weights, or two: real and imaginary parts. Latent where <see cref="Binary"/>.</summary>
    public T[][] Parts { get; } = parts;

    /// <summary>
    /// Of the effective weights, as <see cref="INetwork{T}.Backward"/> leaves them: a weight behind a gate of 0 has one too. The
    /// gradient of the weight itself is this times the gate (<see cref="GateGradients"/>), of the gate this times the used weight.
    /// </summary>
    public T[][] Gradients { get; } = gradients;

    /// <summary>Factor of each effective weight, both parts; 1 at the start.</summary>
    public T[] Gate { get; } = gate;

    /// <summary>Factor of each output channel behind the activation; 0 = removed.</summary>
    public T[] ChannelMask { get; } = channelMask;

    /// <summary>
    /// Of <see cref="ChannelMask"/>, set by the backward pass where an array of its length was put here; of layers without values
    /// only. A mask of 0 gets 0.
    /// </summary>
    public T[]? MaskGradient { get; set; }

    /// <summary>Parameters and statistics of the norm behind, each [parts][Cout]: what leaves with an output channel.</summary>
    public required IReadOnlyList<T[]> ChannelState { get; init; }

    /// <summary>The forward pass takes the sign, sign(0) = +1.</summary>
    public bool Binary { get; } = binary;

    /// <summary>Makes the gradients those of the weights, for an optimizer; once after each backward pass.</summary>
    public void GateGradients()
    {
        if (Gate.AsSpan().IndexOfAnyExcept(T.One) < 0)
        {
            return;
        }

        foreach (T[] gradient in Gradients)
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] *= Gate[i];
            }
        }
    }
}
