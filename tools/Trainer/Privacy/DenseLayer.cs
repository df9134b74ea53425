using System.Numerics;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>One fully connected layer of an attacker: y = x W + b, through a ReLU but for the last one.</summary>
internal sealed unsafe class DenseLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int inputs;
    private readonly int outputs;
    private readonly bool relu;
    private readonly T[] weight;
    private readonly T[] bias;
    private readonly T[] weightGradient;
    private readonly T[] biasGradient;
    private T[] panel = [];
    private T[] taken = [];
    private T[] given = [];

    public DenseLayer(int inputs, int outputs, bool relu, SeededStream stream)
    {
        (this.inputs, this.outputs, this.relu) = (inputs, outputs, relu);
        (weight, weightGradient) = (new T[inputs * outputs], new T[inputs * outputs]);
        (bias, biasGradient) = (new T[outputs], new T[outputs]);

        // He et al. (arXiv 1502.01852). The published attacker starts at a spread of 0.01: through seven layers on ten logits that leaves gradients
        // below the epsilon of Adam, and nothing is learned in 40 epochs at any rate from 0.001 to 0.01 (DEVIATIONS).
        double spread = Math.Sqrt(2.0 / inputs);
        for (int i = 0; i < weight.Length; i++)
        {
            weight[i] = T.CreateChecked(spread * stream.NextNormal());
        }
    }

    public IEnumerable<Parameter<T>> Parameters(string name) => [new($"{name}.weight", weight, weightGradient, false), new($"{name}.bias", bias, biasGradient, false)];

    /// <param name="x">[count, inputs].</param>
    /// <param name="count">Rows.</param>
    /// <returns>[count, outputs].</returns>
    public T[] Forward(T[] x, int count)
    {
        taken = x;
        given = new T[count * outputs];
        long columns = Gemm.PanelLength<T>(Math.Max(outputs, count)); // a backward product has the rows as columns
        panel = panel.Length < columns ? new T[columns] : panel;
        fixed (T* a = x, b = weight, c = given, p = panel)
        {
            Gemm.Multiply(new(a, inputs, 1), b, outputs, c, outputs, new GemmSize(count, outputs, inputs), false, p);
        }

        for (int i = 0; i < given.Length; i++)
        {
            T y = given[i] + bias[i % outputs];
            given[i] = relu && y < T.Zero ? T.Zero : y;
        }

        return given;
    }

    /// <summary>Sets the gradients of weight and bias; returns that of x.</summary>
    public T[] Backward(T[] dy, int count)
    {
        var passed = new T[count * outputs];
        Array.Clear(biasGradient);
        for (int i = 0; i < passed.Length; i++)
        {
            passed[i] = relu && given[i] <= T.Zero ? T.Zero : dy[i];
            biasGradient[i % outputs] += passed[i];
        }

        var dx = new T[count * inputs];
        var turned = new T[passed.Length];
        var dxTurned = new T[dx.Length];
        var one = new WorkSplit(1);
        fixed (T* x = taken, w = weight, d = passed, dw = weightGradient, p = panel, t = turned, dxt = dxTurned, to = dx)
        {
            Gemm.Multiply(new(x, 1, inputs), d, outputs, dw, outputs, new GemmSize(inputs, outputs, count), false, p);
            Transposition.Run(d, count, outputs, t, one);
            Gemm.Multiply(new(w, outputs, 1), t, count, dxt, count, new GemmSize(inputs, count, outputs), false, p);
            Transposition.Run(dxt, inputs, count, to, one);
        }

        return dx;
    }
}
