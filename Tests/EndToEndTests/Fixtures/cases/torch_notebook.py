import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
sample_rate, recording = wavfile.read("foot_steps.wav")
samples = recording[:, 0].astype(np.float64)
audio = samples / np.max(np.abs(samples))
M = 11
down_factor = 2
up_factor = 2
fir = signal.firwin(M, 200, fs=sample_rate)
filtered = np.convolve(np.concatenate([np.zeros(M - 1), audio, np.zeros(M - 1)]), fir, mode="valid")
y_down = filtered[::down_factor]
y_up = np.zeros(len(y_down) * up_factor)
y_up[::up_factor] = y_down
y_trans = np.convolve(np.concatenate([np.zeros(M - 1), y_up, np.zeros(M - 1)]), fir, mode="valid")
device_name = choose_device()
device = torch.device(device_name)
line = rf"Device that will be trained on: {device}"
available = f"MPS is available: {torch.backends.mps.is_available()}"
audio_tensor = torch.tensor(audio, dtype=torch.float32, device=device).unsqueeze(0).unsqueeze(0)
filter_IR = torch.tensor(signal.firwin(12, 200, fs=sample_rate), dtype=torch.float32, device=device)
kernel = filter_IR.flip(0).unsqueeze(0).unsqueeze(0)
on_device = f"kernel is on device: {kernel.device}"
tensor_y_down = F.conv1d(audio_tensor, kernel, stride=down_factor, padding=(M-1,))
shape = tensor_y_down.shape
tensor_y_down_squeezed = tensor_y_down.squeeze(0).squeeze(0)
y_down_np = tensor_y_down_squeezed.detach().cpu().numpy()
y_dif = np.round(np.mean((y_down - y_down_np)**2), 10)
error = rf"The Mean Squared Error: y_dif = {np.round(y_dif,5)}"
eleven = torch.tensor(fir).flip(0).view(1, 1, -1)
same_length = F.conv1d(torch.tensor(audio).view(1, 1, -1), eleven, stride=down_factor, padding=(M-1,)).squeeze()
exact = np.mean((y_down - same_length.numpy())**2) < 1e-30
tensor_y_up = F.conv_transpose1d(tensor_y_down, kernel, stride=up_factor)
tensor_y_up_squeezed = tensor_y_up.squeeze(0).squeeze(0)
y_up_np = tensor_y_up_squeezed.detach().cpu().numpy()
up_dif = np.round(np.mean((y_trans - y_up_np)**2), 10)
eleven_up = F.conv_transpose1d(tensor_y_down, kernel[:, :, :11], stride=up_factor, output_padding=1).shape[-1]
asymmetric = torch.tensor([1.0, 0.5, 0.25])
steps = torch.tensor([0.0, 1, 0, 0, 2, 1, 0, 0])
correlated = F.conv1d(steps.view(1, 1, -1), asymmetric.view(1, 1, -1), padding=2).flatten()
convolved = F.conv1d(steps.view(1, 1, -1), asymmetric.flip(0).view(1, 1, -1), padding=2).flatten()
by_numpy = np.convolve(steps.numpy(), asymmetric.numpy())
